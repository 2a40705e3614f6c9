/** A contact of one of two racers with the store. */
export type RaceTurn = 'one reads' | 'one appends' | 'two reads' | 'two appends';

/** Both read before either appends: the order that an expected revision is for. */
export const bothReadFirst: readonly RaceTurn[] = ['one reads', 'two reads', 'one appends', 'two appends'];

/** Whether each of the two reads once and, later, appends once. */
export function isRaceOrder(order: readonly RaceTurn[]): boolean {
  const isLater = (one: RaceTurn, other: RaceTurn) => order.includes(one) && order.indexOf(one) < order.indexOf(other);
  return order.length === 4 && isLater('one reads', 'one appends') && isLater('two reads', 'two appends');
}

/** The turns of a race, as they come. */
export type RaceTurns = {
  /** Does a step when its turn has come. What nobody has planned, such as a retry, comes last. */
  readonly take: <T>(turn: RaceTurn, step: () => Promise<T>) => Promise<T>;
  /** Nobody waits any longer for a racer that has ended. */
  readonly leave: (racer: 'one' | 'two') => void;
};

/** A turn to read lasts until its racer has decided: until the next request of this racer. */
export function racingInOrder(order: readonly RaceTurn[]): RaceTurns {
  let ahead = order;
  const waiting: (() => void)[] = [];
  const drop = (isOver: (turn: RaceTurn) => boolean) => {
    ahead = ahead.filter((turn) => !isOver(turn));
    for (const look of waiting.splice(0)) look();
  };
  const isNow = (turn: RaceTurn) => {
    if (ahead.includes(turn)) return ahead[0] === turn;
    return ahead.length === 0 || ahead.some((one) => racerOf(one) === racerOf(turn));
  };
  const done = new Set<RaceTurn>();
  return {
    take: async (turn, step) => {
      // An append without a read, as in unfinished code, does not wait for that read.
      const read: RaceTurn = `${racerOf(turn)} reads`;
      if (turn !== read || done.has(read)) drop((one) => one === read);
      while (!isNow(turn)) await new Promise<void>((resolve) => void waiting.push(resolve));
      try {
        return await step();
      } finally {
        done.add(turn);
        if (turn !== read) drop((one) => one === turn);
      }
    },
    leave: (racer) => {
      drop((turn) => racerOf(turn) === racer);
    },
  };
}

function racerOf(turn: RaceTurn): 'one' | 'two' {
  return turn.startsWith('one') ? 'one' : 'two';
}
