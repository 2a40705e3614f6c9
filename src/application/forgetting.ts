/** Says what it promises. */
export function forgetting(): string {
  return 'done';
}
