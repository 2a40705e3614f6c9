import { randomBytes } from 'node:crypto';

import { seal, unseal } from '../../src/privacy/cipher.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { step } from '../support/step.ts';
import { StepOpenError } from '../../src/todo.ts';

const names = ['Ann', 'Zoë', "O'Neill", '李雷', '🦊', ' x ', 'a"b\\c', 'x'.repeat(500)];
const [key, otherKey] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];

step('11.2', 'a sealed name can be read with the same key, for the same person', () => {
  for (const name of names) {
    const read = unseal(sealed(name), key, 'ann');
    if (read !== name) throw wrong('unseal', `"${name}" was sealed, and "${read}" was read.`);
  }
});

step('11.2', 'a sealed name does not show the name', () => {
  for (const name of names) {
    const text = sealed(name);
    const shows = [text, ...(['base64', 'hex'] as const).map((one) => Buffer.from(text, one).toString('utf8'))];
    if (shows.some((one) => one.includes(name))) throw wrong('seal', `"${name}" can be read in what was sealed.`);
  }
});

step('11.2', 'the same name looks different each time', () => {
  const seen = new Set(Array.from({ length: 200 }, () => sealed('Ann')));
  if (seen.size !== 200)
    throw wrong(
      'seal',
      'The same name was sealed twice, and looks the same, so everybody sees that it is the same name. Two texts under one initialization vector even betray each other: use random bytes, each time.',
    );
  const begins = new Set([...seen].map((text) => Buffer.from(text, 'base64').subarray(0, 12).toString('hex')));
  if (begins.size < 2) throw wrong('seal', 'The initialization vector is the same each time. It must be random.');
});

step('11.2', 'another key reads nothing', () => {
  expectRefused('another key was used', () => unseal(sealed('Ann'), otherKey, 'ann'));
  expectRefused('another key was used', () => unseal(sealed('Ann'), randomBytes(32), 'ann'));
});

step('11.2', 'a name that was sealed for one person cannot be moved to another one', () => {
  for (const other of ['bob', '', 'Ann', 'an', 'anna']) {
    expectRefused(`it was moved to the person "${other}"`, () => unseal(sealed('Ann'), key, other));
  }
});

step('11.2', 'every change is noticed', () => {
  const text = sealed('Annabel');
  for (let at = 0; at < text.length - 4; at += 1) {
    const changed = text.slice(0, at) + (text.charAt(at) === 'A' ? 'B' : 'A') + text.slice(at + 1);
    expectRefused(`character ${at + 1} was changed`, () => unseal(changed, key, 'ann'));
  }
});

step('11.2', 'a part that was cut off is noticed', () => {
  const text = sealed('Annabel');
  for (const end of [0, 4, 16, 20, 36, text.length - 4])
    expectRefused(`only ${end} of ${text.length} characters were left`, () => unseal(text.slice(0, end), key, 'ann'));
});

function sealed(name: string): string {
  const text: unknown = seal(name, key, 'ann');
  if (typeof text === 'string') return text;
  throw wrong('seal', 'seal must return a text. Is a return missing?');
}

function expectRefused(story: string, work: () => string): void {
  let read: string;
  try {
    read = work();
  } catch (error) {
    if (error instanceof StepOpenError) throw error;
    return;
  }
  throw wrong(
    'unseal',
    `"Annabel" or "Ann" was sealed, and then ${story}. unseal must throw an error, but it returned ${JSON.stringify(read)}.`,
  );
}

function wrong(at: string, sentence: string): Error {
  return new WrongAnswerError(sentence, placeOf('src/privacy/cipher.ts', at));
}
