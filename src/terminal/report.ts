/** Something that `npm run play -- NAME` prints in place of a game. */
export type Report = {
  readonly name: string;
  /** What it prints, in a few words. */
  readonly description: string;
  /** @param url the URL of the event store. @returns the exit code */
  readonly print: (url: string) => Promise<number>;
};
