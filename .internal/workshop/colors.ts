import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Colors for a terminal; none for a pipe or with NO_COLOR. */
export function colorsFor({ isTTY }: { readonly isTTY?: boolean }): Colors {
  return picocolors.createColors(isTTY === true && !process.env['NO_COLOR']);
}
