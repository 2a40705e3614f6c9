/** Says what it promises. */
export function growingStreams(): string {
  return 'done';
}
