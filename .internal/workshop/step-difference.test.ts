import { describe, expect, test } from 'vitest';

import { stepDifference } from './step-difference.ts';

const start = `import { todo } from '../todo.ts';
import type { Event } from './events.ts';

export function decide(): readonly Event[] {
  // Exercise 1.6, when you are there: refuse what breaks a rule.
  return todo('1.3', 'decide');
}

export function evolve(): string {
  return todo('1.4', 'evolve');
}
`;

const solution = `import { DomainError } from './errors.ts';
import { started, type Event } from './events.ts';

export function decide(): readonly Event[] {
  if (nameless()) throw new DomainError('nobody');
  return [started()];
}

/** Added by the solution. */
function nameless(): boolean {
  return false;
}

export function evolve(): string {
  return 'in progress';
}
`;

const differenceFor = (step: string, mine = start) =>
  stepDifference({ path: 'src/domain/game.ts', start, mine, solution }, step);

describe('the lines of a step', () => {
  test('are its declarations, the helpers that the solution has added for them, and their imports', () => {
    const { solved = '' } = differenceFor('1.3') ?? {};
    expect(solved).toContain("import { DomainError } from './errors.ts';");
    expect(solved).toContain("import { started, type Event } from './events.ts';");
    expect(solved).not.toContain("import type { Event } from './events.ts';");
    expect(solved).toContain('return [started()];');
    expect(solved).toContain('function nameless(): boolean');
    expect(solved).toContain("return todo('1.4', 'evolve');");
  });

  test('do not change other code of the learner', () => {
    const mine = start.replace("return todo('1.3', 'decide');", 'return [mine()];');
    const { solved = '' } = differenceFor('1.4', mine) ?? {};
    expect(solved).toContain('return [mine()];');
    expect(solved).toContain("return 'in progress';");
    expect(solved).not.toContain('DomainError');
  });

  test('remove the import of todo together with the last open step', () => {
    const mine = start.replace("return todo('1.3', 'decide');", 'return [];');
    expect(differenceFor('1.4', mine)?.solved).not.toContain('todo');
    expect(differenceFor('1.4')?.solved).toContain("import { todo } from '../todo.ts';");
  });

  test('include other steps in the same declaration, and report them', () => {
    expect(differenceFor('1.3')?.others).toEqual(new Map([['decide', ['1.6']]]));
    expect(differenceFor('1.4')?.others).toEqual(new Map());
  });

  test('are found even if the learner has removed the declaration', () => {
    const mine = start.slice(0, start.indexOf('export function evolve'));
    expect(differenceFor('1.4', mine)?.solved).toContain("return 'in progress';");
  });
});

test('do not exist in a file that does not name the step', () => {
  expect(differenceFor('1.5')).toBeUndefined();
});
