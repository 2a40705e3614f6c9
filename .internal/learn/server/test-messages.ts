import type { Position, RunView } from '../messages.ts';

/** From the server to its test program: run the tests of the exercise, this file first. */
export type TestRequest = { readonly first: string | undefined };

/** From the test program to the server. */
export type TestNews =
  | { readonly kind: 'began' }
  /** The results as far as they are known. More of them come until 'ended'. */
  | { readonly kind: 'result'; readonly result: NonNullable<RunView['result']> }
  | { readonly kind: 'printed'; readonly text: string }
  | { readonly kind: 'ended'; readonly problem?: string }
  /** A test does not end. The program ends itself after this. */
  | { readonly kind: 'endless'; readonly test: string; readonly at?: Position };
