import { changesBetween, momentAt, type GameView, type Moment, type Timeline } from './timeline.ts';

/** A sentence in parts. A name stands apart, because it may be written from right to left. */
export type Words = readonly (string | { readonly name: string })[];

export function textOfWords(words: Words): string {
  return words.map((word) => (typeof word === 'string' ? word : word.name)).join('');
}

/**
 * What an event has changed, as the states before and after it say.
 *
 * @param index the place of the event in the timeline
 */
export function changeInWords(timeline: Timeline, index: number): Words {
  const [before, after] = [momentAt(timeline, index), momentAt(timeline, index + 1)];
  if (after.trouble !== undefined) return ['The state stays as it was.'];
  const clauses = clausesOf(before, after);
  const what = clauses.length === 0 ? otherChanges(before, after) : clauses;
  return [
    ...subjectOf(timeline, index),
    ': ',
    ...what.flatMap((words, each) => (each === 0 ? words : ['; ', ...words])),
    '.',
  ];
}

/** What has happened, as the event says. */
function subjectOf(timeline: Timeline, index: number): Words {
  const event = timeline[index]?.event;
  switch (event?.type) {
    case 'GameStarted':
      return [{ name: event.data.playerOne }, ' and ', { name: event.data.playerTwo }, ' start a game'];
    case 'MoveMade':
      return [{ name: event.data.player }, ` drops into ${event.data.column}`];
    case 'GameFinished':
      return ['The game ends'];
    default:
      return [timeline[index]?.recorded.type ?? ''];
  }
}

function clausesOf({ view: before }: Moment, { view: after, game }: Moment): readonly Words[] {
  const [one, two] = after.players ?? [];
  return [
    ...(before.players === undefined && one !== undefined && two !== undefined
      ? [[{ name: one }, ' has yellow, ', { name: two }, ' has red']]
      : []),
    ...cellClauses(before, after),
    ...(before.line.size === 0 && after.line.size > 0 ? [[`${[...after.line].join(', ')} are a line`]] : []),
    ...(game.status !== 'finished' && after.nextPlayer !== undefined ? [turnOf(before, after.nextPlayer)] : []),
    ...(game.status === 'finished' && before.nextPlayer !== undefined ? [resultOf(after)] : []),
  ];
}

function cellClauses(before: GameView, after: GameView): readonly Words[] {
  const cells = [...new Set([...before.tokens.keys(), ...after.tokens.keys()])];
  return cells.flatMap((cell) => {
    const token = after.tokens.get(cell);
    return token === before.tokens.get(cell) ? [] : [[`${cell} is ${token ?? 'empty'}`]];
  });
}

function turnOf(before: GameView, nextPlayer: string): Words {
  return [nextPlayer === before.nextPlayer ? 'it is still ' : 'it is ', { name: nextPlayer }, '\u2019s turn'];
}

function resultOf({ sentence: [before, name, after = ''] }: GameView): Words {
  return name === undefined ? ['it is a draw'] : [before, { name }, after.replace('.', '')];
}

/** The fields that have changed beyond what the board and the turn show. */
function otherChanges({ game: before }: Moment, { game: after }: Moment): readonly Words[] {
  const paths = changesBetween(before, after).map(({ path }) => path);
  return [[paths.length === 0 ? 'nothing has changed' : `changes ${paths.join(', ')}`]];
}

/** A moment in words, for example 'After 8 of 13 events, at revision 7'. */
export function momentInWords(timeline: Timeline, shown: number): string {
  const { length } = timeline;
  const events = `${length} ${length === 1 ? 'event' : 'events'}`;
  if (shown === length) return `Now: ${events}`;
  const revision = timeline[shown - 1]?.recorded.revision;
  return revision === undefined
    ? `Before the first of ${events}`
    : `After ${shown} of ${events}, at revision ${revision}`;
}
