import type { Json } from '../event-store/event-store.ts';

/** What takes the place of a name, and of each part of a sentence. */
export type Names = {
  /** The id for a name, or the name for an id. */
  readonly name: (value: Json) => Json;
  /** A sentence in which names may occur. */
  readonly sentence: (value: Json) => Json;
};

/**
 * The fields of an event that hold a name or a list of names, today's fields and earlier ones. A
 * field of a field has a dot: `balance.recent.opponent`, in each element of a list.
 */
function nameFieldsOf(type: string): readonly string[] {
  switch (type) {
    case 'GameStarted':
      return ['playerOne', 'playerTwo', 'player1', 'player2'];
    case 'MoveMade':
      return ['player'];
    case 'TournamentStarted':
      return ['players'];
    case 'MatchForfeited':
      return ['by', 'winner'];
    case 'GameWon':
    case 'MatchWon':
    case 'TournamentWon':
      return ['winner'];
    case 'GamePlayed':
      return ['opponent'];
    case 'SeasonOpened':
      return ['balance.recent.opponent'];
    default:
      return [];
  }
}

/** The fields of an event that hold a sentence, which may mention people. */
export function sentenceFieldsOf(type: string): readonly string[] {
  return type === 'MatchHalted' ? ['reason'] : [];
}

/** What is before a person's name in the name of a stream, and that name. */
export function personalStream(stream: string): readonly [before: string, name: string] | undefined {
  const [, before, name] = /^(career-|season-\d+-)(.+)$/s.exec(stream) ?? [];
  return before === undefined || name === undefined ? undefined : [before, name];
}

/** The data of an event with other names. */
export function withNames(type: string, data: unknown, { name, sentence }: Names): Json {
  const withOtherNames = nameFieldsOf(type).reduce(
    (json, field) => changedAt(json, field.split('.'), name),
    data as Json,
  );
  return sentenceFieldsOf(type).reduce(
    (json, field) => changedAt(json, field.split('.'), sentence, false),
    withOtherNames,
  );
}

/** A copy that differs at the end of a path. */
function changedAt(json: Json, path: readonly string[], change: (value: Json) => Json, inLists = true): Json {
  const [field, ...rest] = path;
  if (Array.isArray(json) && inLists) return (json as readonly Json[]).map((one) => changedAt(one, path, change));
  if (field === undefined) return change(json);
  if (typeof json !== 'object' || json === null) return json;
  const object = json as { readonly [key: string]: Json };
  const value = object[field];
  return value === undefined ? json : { ...object, [field]: changedAt(value, rest, change, inLists) };
}
