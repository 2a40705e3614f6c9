import { todo } from '../todo.ts';

/** Says what it promises. */
export function forgetting(): string {
  return todo('11.1', 'Say here what is missing.');
}
