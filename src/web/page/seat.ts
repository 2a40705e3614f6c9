/** Who sits in front of this page: one of the two, both of them, or somebody who only watches. */
export type Seat = 'one' | 'two' | 'both' | 'watch';

const seats: readonly Seat[] = ['both', 'one', 'two', 'watch'];

/** The seat of this page in a game: the one that the address names, or the one that was taken last time. */
export function seatIn(gameId: string): Seat {
  const named = new URLSearchParams(location.search).get('as') ?? localStorage.getItem(keyOf(gameId));
  return seats.find((seat) => seat === named) ?? 'watch';
}

/** Takes a seat, and remembers it. The address says it from now on. */
export function takeSeat(gameId: string, seat: Seat): void {
  localStorage.setItem(keyOf(gameId), seat);
  history.replaceState(null, '', addressOf(gameId, seat));
}

/** The address of a game, for somebody who takes this seat. */
export function addressOf(gameId: string, seat: Seat): string {
  return `/games/${gameId}?as=${seat}`;
}

function keyOf(gameId: string): string {
  return `seat in ${gameId}`;
}
