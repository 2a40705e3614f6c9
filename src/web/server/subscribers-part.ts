import { setTimeout as delay } from 'node:timers/promises';

import { z } from 'zod';

import type { SubscriberHost, SubscriberStatus } from '../../subscriptions/host.ts';
import type { SubscribersView, SubscriberView } from '../subscribers-messages.ts';
import { viewsOf, type Part } from './part.ts';
import { refusal } from './refusal.ts';

/** How often the page learns how far the subscribers are, in milliseconds. */
const lookAgainMs = 500;

const requestSchema = z.strictObject({ tryAgain: z.string() });

/**
 * The subscribers of this server: how far each is, and what it has parked.
 *
 * @param notices the notices on the board, the oldest first
 */
export function subscribersPart(host: SubscriberHost, notices: () => Promise<readonly string[]>): Part {
  const view = async (): Promise<SubscribersView> => {
    const [statuses, sentences] = await Promise.all([host.statuses(new Date()), notices()]);
    return { subscribers: statuses.map(toView), notices: sentences.slice(-20).reverse() };
  };
  const pause = (signal: AbortSignal) => delay(lookAgainMs, undefined, { signal }).catch(() => undefined);
  return {
    name: 'subscribers',
    follow: (signal) => viewsOf(view, pause, signal),
    handle: (request) => {
      const { tryAgain } = requestSchema.parse(request);
      if (!host.tryAgain(tryAgain)) throw refusal(404, 'not-found', `There is no subscriber "${tryAgain}".`);
      return {};
    },
  };
}

function toView({ name, position, lag, parked, trouble }: SubscriberStatus): SubscriberView {
  return {
    name,
    position: position === undefined ? null : String(position),
    behind: { events: lag.events, seconds: Math.floor(lag.ms / 1000) },
    parked: parked.map(({ stream, revision, type, reason }) => {
      return { place: `${stream}, revision ${revision}`, type, reason };
    }),
    trouble: trouble ?? null,
  };
}
