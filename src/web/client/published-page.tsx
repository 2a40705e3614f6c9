import type { PublishedMessage, PublishedView } from '../published-messages.ts';
import { Section } from './list-page.tsx';
import { usePart } from './use-part.ts';

/** What other programs learn, beside the events that caused it, and one of those programs. */
export function PublishedPage() {
  const { view: shown, trouble, ask } = usePart('published');
  const view = shown as PublishedView | undefined;
  return (
    <>
      <h1>Published</h1>
      <p>A relay makes public events from private ones, and publishes them. Other programs see nothing else.</p>
      <p class="trouble">{trouble}</p>
      {view && (
        <div class="parts">
          <Section id="messages" title={`Messages on the bus (${view.bus})`}>
            {view.messages.length === 0 && <p>Nothing yet.</p>}
            <ul class="games">
              {view.messages.map((message) => (
                <PublishedItem key={message.id} message={message} />
              ))}
            </ul>
          </Section>
          <Section id="hall-of-fame" title="The hall of fame, another program">
            {view.members.length === 0 && <p>Nothing yet.</p>}
            <ul>
              {view.members.map(({ name, won, tied, lost }) => (
                <li key={name}>
                  <bdi>{name}</bdi>: {won} won, {tied} tied, {lost} lost
                </li>
              ))}
            </ul>
            {view.parked.length > 0 && (
              <>
                <p>It cannot handle:</p>
                <ul>
                  {view.parked.map(({ id, type, reason }) => (
                    <li key={id}>
                      <code>{type}</code>: {reason}
                    </li>
                  ))}
                </ul>
                <button type="button" onClick={() => void ask({ tryAgain: true })}>
                  Try again
                </button>
              </>
            )}
          </Section>
        </div>
      )}
    </>
  );
}

function PublishedItem({ message: { key, type, data, events } }: { readonly message: PublishedMessage }) {
  return (
    <li>
      <strong>{type}</strong>
      <code>{JSON.stringify(data)}</code>
      <span>
        Private, in game <code>{key}</code>:{' '}
        {events.map(({ revision, type: eventType, isCause }) => (
          <span key={revision}>
            {isCause ? <mark>{`${revision} ${eventType}`}</mark> : `${revision} ${eventType}, `}
          </span>
        ))}
      </span>
    </li>
  );
}
