import type { PeopleView } from '../people-messages.ts';
import { Section } from './list-page.tsx';
import { usePart } from './use-part.ts';

/** The people, and what is stored of them. */
export function PeoplePage() {
  const { view: shown, trouble } = usePart('people');
  const view = shown as PeopleView | undefined;
  return (
    <>
      <h1>People</h1>
      <p>Events have ids in place of names. A name is kept apart, under a key that can be thrown away.</p>
      <p class="trouble">{trouble}</p>
      {view && (
        <div class="parts">
          <Section id="people" title="People and their keys">
            {view.people.length === 0 && <p>Nobody yet.</p>}
            <ul class="games">
              {view.people.map(({ id, state, name }) => (
                <li key={id}>
                  <strong>
                    <bdi>{name}</bdi>
                  </strong>
                  <span>
                    <code>{id}</code> {stateInWords(state)}
                  </span>
                </li>
              ))}
            </ul>
            <p>
              To forget somebody, end this program, and run <code>npm run forget -- NAME</code>.
            </p>
          </Section>
          <Section id="events" title="The latest events">
            {view.events.length === 0 && <p>Nothing yet.</p>}
            <ul class="games">
              {view.events.map(({ stream, revision, type, stored, read }) => (
                <li key={`${stream} ${revision}`}>
                  <strong>{type}</strong>
                  <span>
                    Stored <code>{JSON.stringify(stored)}</code>
                  </span>
                  <span>
                    Read <code>{JSON.stringify(read)}</code>
                  </span>
                </li>
              ))}
            </ul>
          </Section>
        </div>
      )}
    </>
  );
}

function stateInWords(state: string): string {
  return state === 'missing' || state === 'damaged' ? `the ${state === 'missing' ? 'key' : 'name'} is ${state}` : state;
}
