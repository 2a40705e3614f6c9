import type { PlaceView } from '../messages.ts';
import { nextExercise } from './next-action.ts';
import { update } from './state.ts';

/** On main: what this is, and the exercise to begin with. */
export function Welcome({ place }: { readonly place: PlaceView }) {
  const next = nextExercise(place);
  return (
    <article class="welcome prose">
      <h1>Event sourcing, from the ground up</h1>
      <p>
        You build Connect Four, exercise by exercise. The board is stored nowhere: it comes from the events of the game,
        and you write the code that makes it so.
      </p>
      <p>
        Everything is on this page: the instructions, the editor, the tests, and the game. Your files are real files, in
        the folder of the workshop. Your own editor and the terminal work on the same ones.
      </p>
      <ol class="exercise-list">
        {place.exercises.map(({ number, title, minutes, state }) => (
          <li key={number}>
            <button
              class={number === next?.number ? 'primary' : 'plain'}
              disabled={!place.hasGit}
              onClick={() => update({ dialog: { kind: 'start', number } })}
            >
              {number === next?.number ? `Start exercise ${number}` : `Exercise ${number}`}
            </button>
            <span class="title">{title}</span>
            <span class="facts">
              {minutes} min · {state}
            </span>
          </li>
        ))}
      </ol>
      {!place.hasGit && <p>This folder has no git repository, so the page cannot switch to an exercise.</p>}
    </article>
  );
}
