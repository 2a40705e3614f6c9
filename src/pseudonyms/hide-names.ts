import type { Json, RecordedEvent } from '../event-store/event-store.ts';
import { peopleIn, personOf, type NamesAndKeys } from '../privacy/people.ts';
import { personalStream, withNames } from './personal.ts';

/** The data of an event as it is stored: a name is `{ person: id }`, which no name looks like. */
export function hideNames(type: string, data: unknown, people: NamesAndKeys, idFor: (name: string) => string): Json {
  return withNames(type, data, {
    name: (value) => (typeof value === 'string' ? { person: idFor(value) } : value),
    sentence: (value) => hiddenIn(value, people),
  });
}

/** A sentence becomes its parts: texts, and the people whose names it mentions. */
function hiddenIn(sentence: Json, people: NamesAndKeys): Json {
  const ids = new Map(peopleIn(people).map(({ id, name }) => [name, id]));
  const hidden = (part: Json): readonly Json[] => {
    if (typeof part !== 'string') return [part];
    const parts = splitAtNames(part, [...ids.keys()]);
    return parts.map((text, at) => (at % 2 === 0 ? text : { person: ids.get(text) ?? '' }));
  };
  const parts = (Array.isArray(sentence) ? (sentence as readonly Json[]) : [sentence]).flatMap(hidden);
  return parts.length === 1 ? sentence : parts;
}

/** The texts between names, with those names between them. "Ann" is not in "Annual". */
export function splitAtNames(text: string, names: readonly string[]): readonly string[] {
  const longestFirst = names.filter((name) => name !== '').toSorted((one, other) => other.length - one.length);
  if (longestFirst.length === 0) return [text];
  const either = longestFirst.map((name) => name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|');
  return text.split(new RegExp(`(?<!${letter}(?=${letter}))(${either})(?!(?<=${letter})${letter})`, 'u'));
}

const letter = '[\\p{L}\\p{N}]';

function textOf(parts: readonly Json[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join('');
}

/** Events with names again. Each person is looked up once, and nothing is remembered after it. */
export function showNames(events: readonly RecordedEvent[], people: NamesAndKeys): readonly RecordedEvent[] {
  const known = new Map<string, string>();
  const nameOf = (id: string): string => {
    const name = known.get(id) ?? personOf(people, id).name;
    known.set(id, name);
    return name;
  };
  const shown = <Value extends Json>(value: Value): Value | string => {
    const id = typeof value === 'object' && value !== null && 'person' in value ? value.person : undefined;
    return typeof id === 'string' ? nameOf(id) : value;
  };
  const sentence = (value: Json) => (Array.isArray(value) ? textOf((value as readonly Json[]).map(shown)) : value);
  return events.map((event) => {
    const [before, place] = personalStream(event.stream) ?? [];
    const id = personInPlace(place, people);
    const stream = id === undefined ? event.stream : `${before ?? ''}${nameOf(id)}`;
    return { ...event, stream, data: withNames(event.type, event.data, { name: shown, sentence }) };
  });
}

/** The id in the last part of a stream's name as it is stored, if that is the id of a person. */
function personInPlace(place = '', { names }: NamesAndKeys): string | undefined {
  return place.startsWith('@') ? names.get(place.slice(1))?.id : undefined;
}

/** Whether the name of a stream has the name of a person, and no id. */
export function isStreamInPlain(stream: string, people: NamesAndKeys): boolean {
  const [, place] = personalStream(stream) ?? [];
  return place !== undefined && personInPlace(place, people) === undefined;
}
