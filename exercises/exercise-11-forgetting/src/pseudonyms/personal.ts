import type { Json } from '../event-store/event-store.ts';
import { todo } from '../todo.ts';

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
  return todo('11.1', 'return the fields of an event of this type that hold names.');
}

/** The fields of an event that hold a sentence, which may mention people. */
export function sentenceFieldsOf(type: string): readonly string[] {
  return type === 'MatchHalted' ? ['reason'] : [];
}

/** What is before a person's name in the name of a stream, and that name. */
export function personalStream(stream: string): readonly [before: string, name: string] | undefined {
  return todo('11.1', 'find the name in the name of a stream.');
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
