/** Whether git colors what it shows. */
export const colorOption = `--color=${process.stdout.isTTY && !process.env['NO_COLOR'] ? 'always' : 'never'}`;

/** Whether git shows it page by page. */
export const pagerOption = process.stdout.isTTY ? '--paginate' : '--no-pager';
