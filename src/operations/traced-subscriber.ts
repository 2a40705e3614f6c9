import type { Subscriber } from '../subscriptions/subscriber.ts';
import { inSpan } from './in-span.ts';
import { spanContextIn } from './traceparent.ts';

/**
 * The same subscriber. It handles each event in a span of a new trace, with a link to the span in
 * which the event was appended. That one has ended, maybe years ago: it cannot have a child.
 *
 * @param kind what the subscriber does about events: a read model is a projection
 */
export function tracedSubscriber(subscriber: Subscriber, kind: 'projection' | 'process'): Subscriber {
  return {
    ...subscriber,
    handle: (event) => {
      const cause = spanContextIn(event);
      const attributes = { subscriber: subscriber.name, stream: event.stream, type: event.type };
      const links = cause === undefined ? [] : [{ context: cause }];
      return inSpan(kind, { root: true, attributes, links }, () => subscriber.handle(event));
    },
  };
}
