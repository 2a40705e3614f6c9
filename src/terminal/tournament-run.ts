import type { EventStore } from '../event-store/event-store.ts';
import { describeStore } from '../event-store/open.ts';
import { keepModel } from '../read-models/kept-model.ts';
import { leaseFileOf } from '../read-models/lease.ts';
import { stateFile } from '../read-models/state-file.ts';
import { SubscriberHost } from '../subscriptions/host.ts';
import type { Subscriber } from '../subscriptions/subscriber.ts';
import { StepOpenError } from '../todo.ts';
import { tickEveryMinute } from '../tournament/tick-every-minute.ts';
import { tournamentProcess } from '../tournament/tournament-process.ts';
import { decodeTournamentEvent } from '../tournament/tournament-event-codec.ts';
import type { TournamentEvent } from '../tournament/tournament-events.ts';
import { tournamentOf, tournamentPrefix } from '../tournament/tournament-id.ts';
import { printable } from './console.ts';

/**
 * Plays all tournaments on, until Ctrl-C.
 *
 * @throws StepOpenError when it reaches a step of the exercise that is open
 */
export async function runProcess(store: EventStore, url: string): Promise<void> {
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      ended.abort();
    });
  const open: { step?: StepOpenError } = {};
  const subscriber = telling(tournamentProcess(store), (step) => {
    open.step = step;
    ended.abort();
  });
  const { model, file, trouble } = keepModel(stateFile(url, 'subscribers', subscriber.name));
  const leaseFile = leaseFileOf(file);
  const host = new SubscriberHost(store, [{ subscriber, state: model, leaseFile, isReadModel: false, trouble }]);

  const running = host.run(ended.signal).finally(() => {
    ended.abort();
  });
  console.log(`Tournaments are played on. Their events are in ${describeStore(url)}. Ctrl-C ends it`);
  const problem = trouble ?? host.troubleOf(subscriber.name);
  if (problem !== undefined) console.error(problem);
  try {
    await tickEveryMinute(store, ended.signal, console.error);
  } finally {
    ended.abort();
    await running;
    model.close();
  }
  if (open.step !== undefined) throw open.step;
}

/** The same subscriber, which says what has happened in tournaments. */
function telling(subscriber: Subscriber, onOpenStep: (error: StepOpenError) => void): Subscriber {
  const handle: Subscriber['handle'] = async (event) => {
    try {
      await subscriber.handle(event);
    } catch (error) {
      if (error instanceof StepOpenError) onOpenStep(error);
      throw error;
    }
    if (!event.stream.startsWith(tournamentPrefix)) return;
    console.log(`${tournamentOf(event.stream) ?? ''}: ${inWords(decodeTournamentEvent(event))}`);
  };
  return { ...subscriber, handle };
}

function inWords(event: TournamentEvent): string {
  switch (event.type) {
    case 'TournamentStarted':
      return `${event.data.players.map(printable).join(', ')} begin.`;
    case 'MatchWon':
      return `${printable(event.data.winner)} has won match ${event.data.match}.`;
    case 'MatchTied':
      return `A game of match ${event.data.match} was a draw. It is played again.`;
    case 'MatchForfeited':
      return `${printable(event.data.by)} has not moved for a day. ${printable(event.data.winner)} wins match ${event.data.match}.`;
    case 'MatchHalted':
      return `A person has to decide match ${event.data.match}. ${printable(event.data.reason)}`;
    case 'TournamentWon':
      return `${printable(event.data.winner)} has won the tournament!`;
    default:
      return event satisfies never;
  }
}
