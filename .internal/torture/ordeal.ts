/** Something that a store or a server has to survive, many times. */
export type Ordeal = {
  /** The word that chooses it: `npm run bench -- torture NAME`. */
  readonly name: string;
  readonly what: string;
  /** How often it is tried, in the whole run and in the short one. */
  readonly times: { readonly whole: number; readonly short: number };
  /** @param tick is called after each try */
  readonly run: (times: number, tick: () => void) => Promise<Outcome>;
};

export type Outcome =
  /** `lost`: a sentence for each try that was not survived. */
  | { readonly tried: number; readonly lost: readonly string[]; readonly note?: string }
  /** Why it cannot be tried here. */
  | { readonly skipped: string };
