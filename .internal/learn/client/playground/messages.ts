/** What the page sends to the worker: a history, and maybe a command after it. */
export type PlayRequest = { readonly id: number; readonly events: readonly unknown[]; readonly command?: unknown };

/** The first message of the worker: the learner's code is loaded. */
export type WorkerReady = { readonly isReady: true };

/** The answer of the learner's code. */
export type PlayAnswer = {
  readonly id: number;
  /** The states along the history. The first is the initial state. */
  readonly moments: readonly Moment[];
  readonly decided?: Decision;
};

/** A state, and why the last event could not change it. */
export type Moment = { readonly state: unknown; readonly error?: string };

export type Decision =
  | { readonly events: readonly unknown[] }
  | { readonly refused: { readonly code: string; readonly message: string } }
  | { readonly error: string };
