/** Says what it promises. */
export function tenantsAndTracing(): string {
  return 'done';
}
