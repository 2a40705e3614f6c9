/** Whether git uses colors. */
export const colorOption = `--color=${process.stdout.isTTY && !process.env['NO_COLOR'] ? 'always' : 'never'}`;

/** Whether git pages its output. */
export const pagerOption = process.stdout.isTTY ? '--paginate' : '--no-pager';
