import type { Exercise } from './manifest.ts';

/** The properties of a new exercise. */
export type NewExercise = Pick<Exercise, 'number' | 'slug' | 'title' | 'minutes' | 'name' | 'page' | 'branch'>;

/** @returns the files of a small working exercise, by their paths */
export function skeletonOf(exercise: NewExercise): Readonly<Record<string, string>> {
  const { slug, name, page } = exercise;
  const file = `src/application/${slug}.ts`;
  return {
    [file]: code(exercise, "'done'"),
    [`exercises/${name}/${file}`]: `import { todo } from '../todo.ts';\n\n${code(exercise, `todo('${step(exercise)}', 'Say here what is missing.')`)}`,
    [`tests/${name}/1-first-step.test.ts`]: test(exercise),
    [`tests/${name}/9-types.test.ts`]: `import { types } from '../support/types.ts';\n\ntypes(${exercise.number}, ['${file}']);\n`,
    [`.internal/workshop/proof/answers/exercise-${exercise.number}.ts`]: answers(exercise),
    [page]: text(exercise, file),
  };
}

export function slidesOf({ number, title, minutes }: NewExercise): string {
  return `---
marp: true
theme: default
paginate: true
title: 'Exercise ${number}: ${title}'
---

# Exercise ${number}

${title}

---

## The idea

One sentence, and what goes wrong without it.

---

## ${minutes} minutes

\`\`\`sh
npm run workshop -- next
npm run watch
\`\`\`

---

## Let us talk

- What did you decide, and what else would have been possible?
`;
}

/** The part of the instructor's guide. */
export function guideOf({ number, title }: NewExercise): string {
  return `## Exercise ${number}: ${title}

**Say at the solution.** What the learners can see now.

| mistake | how you see it | how to help |
| --- | --- | --- |
| The first of five | ${number}.1 is red: … | "A question that leads there" |
`;
}

function code({ slug }: NewExercise, body: string): string {
  return `/** Says what it promises. */
export function ${camelCase(slug)}(): string {
  return ${body};
}
`;
}

function test(exercise: NewExercise): string {
  const called = camelCase(exercise.slug);
  return `import { expect } from 'vitest';

import { ${called} } from '../../src/application/${exercise.slug}.ts';
import { step } from '../support/step.ts';

step('${step(exercise)}', 'names the behavior in a sentence', () => {
  expect(${called}()).toBe('done');
});
`;
}

function text({ number, title, minutes, branch }: NewExercise, file: string): string {
  return `# Exercise ${number}: ${title}

${minutes} minutes · branch \`${branch}\` · solution on \`solutions/${branch}\`

## What you will build

What goes wrong without it, in a small story. Then what there is at the end.

## ${number}.1 The first step

Why, and then the task in \`${file}\`.

<details><summary>Hint 1: a nudge</summary>

Where to look.

</details>

<details><summary>Hint 2: almost the answer</summary>

How it looks.

</details>

## When all steps are green

**Play it.** How to see the result.

**Check yourself.** A question about the step that was just done.

${answer}
**Compare** with \`npm run workshop -- solution\`. The [README](../README.md#after-the-workshop) lists what to do next.

## Bonus: one step further

No test checks this one.

${answer}
## Questions to discuss

${['one', 'two', 'three', 'four'].map((which) => `**Question ${which}?**\n\n${answer}`).join('\n')}
## Links

[All exercises](README.md)
`;
}

const answer = `<details><summary>An answer</summary>

The answer, and its reasons.

_The other side:_ when the answer differs.

</details>
`;

function answers({ number }: NewExercise): string {
  return `import type { Answers } from './answer.ts';

/**
 * At least 25 wrong answers and 5 right ones of another kind, for \`npm run prove -- ${number}\`.
 */
export const answers: Answers = { wrong: [], right: [] };
`;
}

function step({ number }: NewExercise): string {
  return `${number}.1`;
}

function camelCase(slug: string): string {
  return slug.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()).replace(/^\d/, '_$&');
}
