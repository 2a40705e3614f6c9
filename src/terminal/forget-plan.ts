import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { describeStore } from '../event-store/open.ts';
import { openHidden } from '../open-store.ts';
import { keysFolder, namesFile } from '../privacy/open-people.ts';
import { findPerson, peopleIn, type People } from '../privacy/people.ts';
import { personalStream } from '../pseudonyms/personal.ts';
import { dataFolder } from '../read-models/state-file.ts';
import { copiesWith, copyFolders, type Copy } from './forget-copies.ts';
import { filesBelow } from './name-bytes.ts';
import { isInPlain, storedIn, type Stored } from './move-names.ts';

/** All that is known about a name, before anything is done. */
export type Plan = {
  readonly name: string;
  /** The id of its person. Before its events are moved, it may have none. */
  readonly id: string | undefined;
  readonly keyFile: string | undefined;
  /** How many events mention the name, and how many events of anybody have names in plain. */
  readonly events: number;
  readonly inPlain: number;
  readonly copies: readonly Copy[];
  /** The names of all others. */
  readonly others: readonly string[];
};

/** Looks at everything that there is about a name. It changes nothing. */
export async function planFor(url: string, name: string, people: People): Promise<Plan> {
  const id = findPerson(people, name);
  const stored = await eventsAsStored(url);
  const inPlain = stored.filter((event) => isInPlain(event, people));
  const others = [...peopleIn(people).map((person) => person.name), ...inPlain.flatMap(namesIn)];
  const marks = [JSON.stringify({ person: id ?? '' }), JSON.stringify(name)];
  return {
    name,
    id,
    keyFile: id === undefined ? undefined : join(keysFolder(url), `${id}.json`),
    events: stored.filter((event) => marks.some((mark) => JSON.stringify(event.data).includes(mark))).length,
    inPlain: inPlain.length,
    copies: copiesWith(url, name, others),
    others: [...new Set(others)].filter((other) => other !== name),
  };
}

/** Whether there is anything about this name. */
export function isKnown({ id, events, copies }: Plan): boolean {
  return id !== undefined || events > 0 || copies.length > 0;
}

/** The files to search for the bytes: all of `.data`, or those of a store elsewhere. */
export function filesOf(url: string): readonly string[] {
  const data = dataFolder(url);
  if (basename(data) === '.data') return filesBelow(data);
  const file = describeStore(url);
  const own = ['', '-wal', '-shm', '-journal'].map((part) => file + part).filter((path) => existsSync(path));
  return [...own, ...[dirname(namesFile(url)), ...copyFolders(url)].flatMap(filesBelow)];
}

async function eventsAsStored(url: string): Promise<readonly Stored[]> {
  if (url.startsWith('sqlite:')) return storedIn(describeStore(url));
  const stored = await openHidden(url);
  try {
    return await stored.readAll();
  } finally {
    await stored.close();
  }
}

/** The texts of an event in plain: among them are its names. */
function namesIn({ stream, data }: Stored): readonly string[] {
  const [, name] = personalStream(stream) ?? [];
  const texts = JSON.stringify(data).match(/"(?:[^"\\]|\\.)*"(?!:)/g) ?? [];
  return [...(name === undefined ? [] : [name]), ...texts.map((text) => JSON.parse(text) as string)];
}
