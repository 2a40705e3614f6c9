import { existsSync } from 'node:fs';

import type { EventStore } from '../event-store/event-store.ts';
import { describeStore } from '../event-store/open.ts';
import { assertAlone } from './rewrite-file.ts';
import { openStore, openHidden } from '../open-store.ts';
import { namesFile, openPeople } from '../privacy/open-people.ts';
import { findPerson, forget, peopleIn, substituteFor, type People, type Person } from '../privacy/people.ts';
import { readModels, type ReadModel } from '../read-models/all.ts';
import { openModel } from '../read-models/model.ts';
import { rebuild } from '../read-models/project.ts';
import { readModelFile } from '../read-models/state-file.ts';
import { printable } from './console.ts';
import { openExistingStore } from './existing-store.ts';
import { exitCode } from './explain-model-error.ts';
import { copiesWith, deleteDerived, emptyCopy } from './forget-copies.ts';
import { filesOf, isKnown, planFor, type Plan } from './forget-plan.ts';
import { moveNames } from './move-names.ts';
import { contains } from './name-bytes.ts';
import { count } from './progress-bar.ts';

/** Asks whether to go on. If not, it says what that means. */
type Confirm = (question: string) => Promise<boolean>;

/**
 * Shows what will go, asks, and forgets a person.
 *
 * @returns the exit code
 * @throws FileInUseError while another program uses the files. Nothing was done
 */
export async function forgetName(url: string, name: string, confirm: Confirm): Promise<number> {
  if (url === 'memory:') {
    console.log('A store in memory forgets everything when its program ends.');
    return exitCode.fine;
  }
  const people = await openAlone(url);
  try {
    const plan = await planFor(url, name, people);
    if (!isKnown(plan)) {
      console.log(`Nobody is called "${printable(name)}" here.`);
      return reportBytes(url, plan);
    }
    const unreadable = peopleIn(people).filter(isUnreadable).length;
    if (plan.id === undefined && unreadable > 0) {
      console.error(
        `${count(unreadable)} names cannot be read, because their keys are missing. "${printable(name)}" may be one of them.\n` +
          'Nothing was done. Restore the keys first. If they are lost: npm run forget -- --missing',
      );
      return exitCode.failed;
    }
    describe(url, plan);
    if (!(await confirm('Go on?'))) return exitCode.usage;
    const built = readModels.filter(({ projection }) => existsSync(readModelFile(url, projection)));
    carryOut(url, plan, people);
    await rebuildAll(url, built);
    return reportBytes(url, plan);
  } finally {
    people.close();
  }
}

/** Gives up all people whose keys are missing, so that new people can be added again. */
export async function forgetMissing(url: string, confirm: Confirm): Promise<number> {
  const people = await openAlone(url);
  try {
    const missing = peopleIn(people).filter(isUnreadable);
    console.log(`People whose names cannot be read: ${missing.length}.`);
    if (missing.length === 0) return exitCode.fine;
    if (!(await confirm('If a backup of the keys exists, restore it instead. Give them up?'))) return exitCode.usage;
    deleteDerived(url);
    for (const { id } of missing) forget(people, id, new Date(), () => undefined);
    console.log(
      'They count as forgotten now. Read models and snapshots were deleted, and the events make them again.\n' +
        'What subscribers remember may still have their names. For each name that you know: npm run forget -- NAME',
    );
    return exitCode.fine;
  } finally {
    people.close();
  }
}

function isUnreadable({ state }: Person): boolean {
  return state === 'missing' || state === 'damaged';
}

/** Opens the people of a store that no other program uses. */
async function openAlone(url: string): Promise<People> {
  const isFile = url.startsWith('sqlite:');
  if (!isFile || !existsSync(describeStore(url)))
    await (isFile ? openExistingStore(url) : openHidden(url)).then(closed);
  for (const file of [describeStore(url), namesFile(url)]) if (existsSync(file)) assertAlone(file);
  return openPeople(url);
}

async function closed(store: EventStore): Promise<void> {
  await store.close();
}

function describe(url: string, { name, id, keyFile, events, inPlain, copies }: Plan): void {
  console.log(`What there is about "${printable(name)}":`);
  console.log(`  key      ${keyFile ?? 'none yet: the name is in plain'}`);
  console.log(`  events   ${count(events)}. They stay, and are read as "${substituteFor('forgotten', id ?? '…')}"`);
  for (const { file, work } of copies)
    console.log(`  copy     ${file}: ${work === 'delete' ? 'deleted, the events make it again' : 'the name goes'}`);
  if (inPlain === 0) return;
  const number = `${count(inPlain)} events were stored with names in plain.`;
  console.log(
    url.startsWith('sqlite:')
      ? `${number} First, all their names become ids: once, in one transaction.`
      : `${number} KurrentDB cannot change stored events, so these names stay there. The page of exercise 11 says what can be done.`,
  );
}

/** The order is that of `forget`: what is needed to begin again goes last. */
function carryOut(url: string, plan: Plan, people: People): void {
  const { name, inPlain, others } = plan;
  if (inPlain > 0 && url.startsWith('sqlite:'))
    console.log(`moved    the names of ${count(moveNames(describeStore(url), people))} events`);
  const id = findPerson(people, name);
  const emptyCopies = () => {
    for (const copy of copiesWith(url, name, others)) {
      emptyCopy(copy, name, substituteFor('forgotten', id ?? '…'));
      console.log(`emptied  ${copy.file}`);
    }
  };
  if (id === undefined) {
    emptyCopies();
    return;
  }
  forget(people, id, new Date(), emptyCopies);
  console.log(`forgot   the key. From now on, nobody can read the name`);
}

/** Folds the read models that were deleted from the events again. */
async function rebuildAll(url: string, built: readonly ReadModel[]): Promise<void> {
  const store = await openStore(url);
  for (const { projection } of built) {
    const file = readModelFile(url, projection);
    if (existsSync(file)) continue;
    const model = openModel(file, projection.version);
    await rebuild(store, projection, model).then(
      () => {
        console.log(`rebuilt  ${projection.name}`);
      },
      (error: unknown) => {
        console.error(`not rebuilt: ${projection.name}. ${String(error)}`);
      },
    );
    model.close();
  }
  await store.close();
}

function reportBytes(url: string, { name, others }: Plan): number {
  const files = filesOf(url);
  const found = files.filter((file) => contains(file, name, others));
  console.log(`searched ${count(files.length)} files for the bytes of the name: found in ${count(found.length)}`);
  for (const file of found) console.log(`         ${file}`);
  if (found.length > 0)
    console.log('If the name is a word of the game, or of another club or store, these files may be right.');
  return found.length > 0 ? exitCode.failed : exitCode.fine;
}
