import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Colors for a terminal; none in a pipe, and none for somebody who has asked for none. */
export function colorsFor({ isTTY }: { readonly isTTY?: boolean }): Colors {
  return picocolors.createColors(isTTY === true && !process.env['NO_COLOR']);
}
