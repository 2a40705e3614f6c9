/** Says what it promises. */
export function schemaEvolution(): string {
  return 'done';
}
