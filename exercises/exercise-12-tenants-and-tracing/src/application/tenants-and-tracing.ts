import { todo } from '../todo.ts';

/** Says what it promises. */
export function tenantsAndTracing(): string {
  return todo('12.1', 'Say here what is missing.');
}
