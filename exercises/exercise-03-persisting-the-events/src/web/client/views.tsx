/** The pages beyond games, by their addresses: none yet. */
export const views: readonly View[] = [];

type View = { readonly path: string; readonly title: string; readonly Page: () => never };
