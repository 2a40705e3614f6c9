/** What the page of the published events shows. */
export type PublishedView = {
  /** Where messages are published, for people. */
  readonly bus: string;
  /** The messages of this server, the newest first. */
  readonly messages: readonly PublishedMessage[];
  /** The members of the hall of fame, the best first. */
  readonly members: readonly {
    readonly name: string;
    readonly won: number;
    readonly tied: number;
    readonly lost: number;
  }[];
  /** The messages that the hall of fame could not handle. */
  readonly parked: readonly { readonly id: string; readonly type: string; readonly reason: string }[];
};

/** A message that others can read, and the events of the game that only this program reads. */
export type PublishedMessage = {
  readonly id: string;
  readonly key: string;
  readonly type: string;
  readonly data: unknown;
  readonly events: readonly { readonly revision: number; readonly type: string; readonly isCause: boolean }[];
};
