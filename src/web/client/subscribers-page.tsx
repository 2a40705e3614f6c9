import type { SubscribersView, SubscriberView } from '../subscribers-messages.ts';
import { Section } from './list-page.tsx';
import { usePart } from './use-part.ts';

/** The subscribers of the server: how far each is, and the events that it has set aside. */
export function SubscribersPage() {
  const { view: shown, trouble, ask } = usePart('subscribers');
  const view = shown as SubscribersView | undefined;
  return (
    <>
      <h1>Subscribers</h1>
      <p>A subscriber handles one event after the other, and stores how far it is: its checkpoint.</p>
      <p class="trouble">{trouble}</p>
      {view && (
        <div class="parts">
          {view.subscribers.map((one) => (
            <Subscriber key={one.name} one={one} onTryAgain={() => void ask({ tryAgain: one.name })} />
          ))}
          <Section id="notices" title="The notice board">
            {view.notices.length === 0 ? <p>Nothing yet.</p> : null}
            <ul>
              {view.notices.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </Section>
        </div>
      )}
    </>
  );
}

function Subscriber({ one, onTryAgain }: { readonly one: SubscriberView; readonly onTryAgain: () => void }) {
  const { name, position, behind, parked, trouble } = one;
  return (
    <Section id={`subscriber-${name}`} title={name}>
      <p class="position">
        {position === null ? 'No event has been handled.' : `Up to position ${position}.`} {lagInWords(behind)}
      </p>
      {trouble !== null && <p class="trouble">{trouble}</p>}
      {parked.length > 0 && (
        <>
          <p>{parked.length === 1 ? 'One event is parked:' : `${parked.length} events are parked:`}</p>
          <ul>
            {parked.map(({ place, type, reason }) => (
              <li key={place}>
                <code>{type}</code> ({place}): {reason}
              </li>
            ))}
          </ul>
          <button type="button" onClick={onTryAgain}>
            Try again
          </button>
        </>
      )}
    </Section>
  );
}

function lagInWords({ events, seconds }: SubscriberView['behind']): string {
  if (events === 0) return 'Nothing is waiting.';
  const count = events >= 1000 ? '1,000 events or more are' : events === 1 ? '1 event is' : `${events} events are`;
  return `${count} waiting, for ${seconds} s.`;
}
