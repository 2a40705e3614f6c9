/** What the page of the people shows. */
export type PeopleView = {
  readonly people: readonly { readonly id: string; readonly state: string; readonly name: string }[];
  /** The latest events of games, the newest first: as they are stored, and as they are read. */
  readonly events: readonly {
    readonly stream: string;
    readonly revision: number;
    readonly type: string;
    readonly stored: unknown;
    readonly read: unknown;
  }[];
};
