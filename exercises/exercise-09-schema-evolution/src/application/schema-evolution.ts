import { todo } from '../todo.ts';

/** Says what it promises. */
export function schemaEvolution(): string {
  return todo('9.1', 'Say here what is missing.');
}
