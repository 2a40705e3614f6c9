/** What the page of the subscribers shows. */
export type SubscribersView = {
  readonly subscribers: readonly SubscriberView[];
  /** The notices about finished games, the newest first. */
  readonly notices: readonly string[];
};

export type SubscriberView = {
  readonly name: string;
  /** The position of the last handled event, as text, or `null` before the first one. */
  readonly position: string | null;
  /** How many events it is behind, and how many seconds. */
  readonly behind: { readonly events: number; readonly seconds: number };
  readonly parked: readonly { readonly place: string; readonly type: string; readonly reason: string }[];
  /** Why it is not running now, in a sentence. */
  readonly trouble: string | null;
};
