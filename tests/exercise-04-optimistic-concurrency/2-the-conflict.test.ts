import { OvertakenError } from '../../src/application/overtaken-error.ts';
import { DomainError, type GameCommand } from '../../src/domain/index.ts';
import {
  StorageError,
  WrongExpectedRevisionError,
  type EventStore,
  type ExpectedRevision,
} from '../../src/event-store/event-store.ts';
import { afterMoves, finished, move, moved } from '../support/example-moves.ts';
import { alice, bob, startBy, started, startGame } from '../support/examples.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { expectEventList } from '../support/given.ts';
import { accepted, meet, refused } from '../support/handling.ts';
import { step } from '../support/step.ts';
import { beginningLater, conflicting, faultyStore, meanwhile, storedIn, storeWith } from '../support/stores.ts';

step('4.3', 'after a conflict, a command is decided again and appended', async () => {
  const { store } = faultyStore(await storeWith([started]), conflicting(1));
  const events = await accepted('A move that met one conflict', store, move(alice, 'D'));
  expectEventList(events, [moved(alice, 'D')]);
  expectEventList(await storedIn(store), [started, moved(alice, 'D')]);
});

step('4.3', 'the new decision uses the events that were appended meanwhile', async () => {
  const inner = await storeWith([started]);
  const { store } = faultyStore(inner, meanwhile(inner, afterMoves('AABBCC').slice(1)));
  const events = await accepted('A move that met one conflict', store, move(alice, 'D'));
  // With the events that were appended meanwhile, this move wins.
  expectEventList(events, [moved(alice, 'D'), finished('player one won')]);
  expectEventList(await storedIn(inner), [...afterMoves('AABBCCD'), finished('player one won')]);
});

step('4.3', 'a command that breaks a rule after a conflict is not appended', async () => {
  const twice = await meet([started], move(alice, 'D'), move(alice, 'D'));
  expectEventList(twice.stored, [started, moved(alice, 'D')]);
  const starts = await meet([], startGame, startBy('Carol', 'Dave'));
  expectCount('events after two starts at the same moment', starts.stored.length, 1, 1);
  expectCount('refusals of two starts at the same moment', starts.refusals.length, 1, 1);
  const undecided = starts.refusals.filter((error) => error instanceof WrongExpectedRevisionError);
  expectCount('commands that met a conflict and were not decided again', undecided.length, 0, 0);
});

step('4.3', 'a command fails after several attempts that all meet a conflict', async () => {
  const { store, appends, expected } = faultyStore(await storeWith([started]), conflicting(Infinity));
  const error = await refused('A move that meets a conflict each time', store, move(alice, 'D'), Error);
  if (error.constructor === Error)
    throw new WrongAnswerError('After the last attempt, throw the error of the store.', error);
  expectCount('attempts', appends.length, 3, 50);
  expectAlways(expected, 0n);
});

step('4.3', 'only a conflict leads to another attempt: a broken rule is reported at once', async () => {
  await expectDecidedAgain();
  const { store, order } = faultyStore(await storeWith([started]));
  await refused('A move out of turn', store, move(bob, 'D'), Error);
  expectCount('reads for a command that breaks a rule', order.length, 1, 1);
});

step('4.3', 'only a conflict leads to another attempt: a full disk is reported at once', async () => {
  await expectDecidedAgain();
  const onAppend = () => Promise.reject(new StorageError('The disk is full.'));
  const { store, order } = faultyStore(await storeWith([started]), { onAppend });
  await refused('An append to a full disk', store, move(alice, 'D'), StorageError);
  expectCount('reads when the disk is full', order.filter((request) => request === 'read').length, 1, 1);
});

step('4.4', 'an OvertakenError names the missed events and the rule that the command breaks now', async () => {
  const inner = await storeWith([started]);
  const { store } = faultyStore(inner, meanwhile(inner, [moved(alice, 'E')]));
  const error = await overtaken(store, move(alice, 'D'));
  expectEventList(error.missed, [moved(alice, 'E')]);
  expectRule(error, 'not-your-turn');
});

step('4.4', 'the missed events include those of all attempts, from the first to the last', async () => {
  const inner = await storeWith(afterMoves('AB'));
  const missed = [moved(alice, 'D'), moved(bob, 'D'), moved(alice, 'E')];
  const { store } = faultyStore(inner, meanwhile(inner, missed.slice(0, 2), missed.slice(2)));
  const error = await overtaken(store, move(alice, 'C'));
  expectEventList(error.missed, missed);
});

step('4.4', 'the missed events are complete even if the stream has lost its first events', async () => {
  const inner = await storeWith([started]);
  const { store } = faultyStore(beginningLater(inner, 10n), meanwhile(inner, [moved(alice, 'E')]));
  const error = await overtaken(store, move(alice, 'D'));
  expectEventList(error.missed, [moved(alice, 'E')]);
});

step('4.4', 'a conflict on every attempt without a broken rule is reported as a conflict', async () => {
  await expectOvertaken();
  const { store } = faultyStore(await storeWith([started]), conflicting(Infinity));
  await refused('A move that meets a conflict each time', store, move(alice, 'D'), WrongExpectedRevisionError);
});

step('4.4', 'the missed events can include the end of the game', async () => {
  const inner = await storeWith(afterMoves('ABABAB'));
  const end = [moved(alice, 'A'), finished('player one won')];
  const { store } = faultyStore(inner, meanwhile(inner, end));
  const error = await overtaken(store, move(alice, 'C'));
  expectEventList(error.missed, end);
  expectRule(error, 'game-finished');
});

step('4.4', 'a start that was overtaken by another start names the players of that start', async () => {
  const inner = await storeWith([]);
  const { store } = faultyStore(inner, meanwhile(inner, [started]));
  const error = await overtaken(store, startBy('Carol', 'Dave'));
  expectEventList(error.missed, [started]);
  expectRule(error, 'game-already-started');
});

step('4.4', 'a rule violation without a concurrent append is reported as a DomainError', async () => {
  await expectOvertaken();
  const store = await storeWith(afterMoves('D'));
  await refused('A move out of turn', store, move(alice, 'D'), DomainError);
});

step('4.4', 'a conflict without missed events does not refuse the command', async () => {
  const { store } = faultyStore(await storeWith(afterMoves('D')), conflicting(1));
  expectEventList(await accepted('A move that met one conflict', store, move(bob, 'D')), [moved(bob, 'D')]);
});

/** A conflict leads to another attempt. */
async function expectDecidedAgain(): Promise<void> {
  const { store } = faultyStore(await storeWith([started]), conflicting(1));
  await accepted('A move that met one conflict', store, move(alice, 'D'));
}

/** A broken rule after a conflict leads to an OvertakenError. */
async function expectOvertaken(): Promise<void> {
  const inner = await storeWith([started]);
  await overtaken(faultyStore(inner, meanwhile(inner, [moved(alice, 'E')])).store, move(alice, 'D'));
}

function overtaken(store: EventStore, command: GameCommand): Promise<OvertakenError> {
  return refused('A command that was overtaken', store, command, OvertakenError);
}

const file = 'src/application/game-commands.ts';

function expectRule({ refusal }: OvertakenError, rule: string): void {
  if (refusal.code === rule) return;
  throw new WrongAnswerError(
    `The rule "${rule}" is broken now, but "${refusal.code}" was reported.`,
    placeOf(file, 'decideAfter'),
  );
}

function expectCount(what: string, actual: number, least: number, most: number): void {
  if (actual >= least && actual <= most) return;
  const wanted = least === most ? String(least) : `${least} to ${most}`;
  throw new WrongAnswerError(`The number of ${what} must be ${wanted}, but is ${actual}.`, placeOf(file, 'handle'));
}

function expectAlways(expected: readonly ExpectedRevision[], wanted: ExpectedRevision): void {
  const other = expected.find((one) => one !== wanted);
  if (other === undefined) return;
  throw new WrongAnswerError(
    `Each append must expect the last revision that was read, ${String(wanted)}. One append expected ${String(other)}.`,
    placeOf(file, 'handle'),
  );
}
