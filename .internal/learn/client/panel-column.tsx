import { GamePanel } from './game-panel.tsx';
import { PlaygroundPanel } from './playground/playground-panel.tsx';
import { ResultPanel } from './result-panel.tsx';
import { SolutionPanel } from './solution-panel.tsx';
import { update, type PageState, type Panel } from './state.ts';

const panels: readonly { readonly name: Panel; readonly title: string }[] = [
  { name: 'result', title: 'Result' },
  { name: 'playground', title: 'Playground' },
  { name: 'game', title: 'Game' },
  { name: 'solution', title: 'Solution' },
];

/** The right column: what the tests say, the learner's code at work, and the solution. */
export function PanelColumn({ state }: { readonly state: PageState }) {
  const { panel, run, place } = state;
  const isTesting = run?.state === 'starting' || run?.state === 'running';
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = panels.findIndex(({ name }) => name === panel);
    const next = panels[(at + step + panels.length) % panels.length]?.name ?? 'result';
    update({ panel: next });
    requestAnimationFrame(() => document.getElementById(`tab-${next}`)?.focus());
  };
  return (
    <section id="panel" class="column panel" tabindex={-1} aria-label="Result and code at work">
      <div class="tabs panel-tabs" role="tablist" aria-label="Views" onKeyDown={press}>
        {panels.map(({ name, title }) => (
          <button
            key={name}
            id={`tab-${name}`}
            role="tab"
            class="tab"
            aria-selected={name === panel ? 'true' : 'false'}
            aria-controls={`panel-${name}`}
            tabindex={name === panel ? 0 : -1}
            onClick={() => update({ panel: name })}
          >
            {title}
          </button>
        ))}
      </div>
      <div class={isTesting ? 'progress under-way' : 'progress'} aria-hidden="true" />
      {panels.map(({ name, title }) => (
        <div
          key={name}
          id={`panel-${name}`}
          class={`panel-body panel-${name}`}
          role="tabpanel"
          aria-labelledby={`tab-${name}`}
          hidden={name !== panel}
          tabindex={-1}
        >
          {name !== 'result' && <h2 class="visually-hidden">{title}</h2>}
          {name === 'result' && <ResultPanel state={state} />}
          {name === 'playground' && <PlaygroundPanel key={place?.id ?? ''} state={state} isShown={panel === name} />}
          {name === 'game' && <GamePanel game={state.game} />}
          {name === 'solution' && panel === name && <SolutionPanel key={place?.id ?? ''} state={state} />}
        </div>
      ))}
    </section>
  );
}
