import { useRef, type PropsWithChildren } from 'hono/jsx/dom';

import type { GameCommand, GameEvent } from '../../domain/index.ts';
import type { Decision } from './decision.ts';
import type { Sent } from './use-game.ts';

/** A command that would be sent if a token were dropped into the column that is pointed at. */
export type Preview = Pick<Sent, 'command' | 'decision' | 'expecting'>;

type StripProps = {
  readonly preview: Preview | undefined;
  readonly sent: Sent | undefined;
  /** The command that one can send now, and how. */
  readonly next: { readonly type: GameCommand['type']; readonly hint: string };
};

/** The way of a command: `decide` answers with events or refuses it, and events are appended. */
export function Strip({ preview, sent, next }: StripProps) {
  const shown: Partial<Sent> = preview ?? sent ?? {};
  const { command, decision, expecting, answer, id } = shown;
  const kind = preview !== undefined ? 'preview' : sent !== undefined ? 'sent' : 'idle';
  // A command runs along the strip once, and not again after a preview.
  const hasRun = useRef<number | undefined>(undefined);
  if (preview !== undefined) hasRun.current = sent?.id;
  const isRunning = kind === 'sent' && id !== hasRun.current;
  const refused = answer !== undefined && 'code' in answer ? answer : undefined;
  const refusedHere = decision !== undefined && 'code' in decision;
  return (
    <div class={isRunning ? 'strip sent run' : `strip ${kind}`} key={`${kind} ${id ?? ''}`}>
      <p class="caption">{{ idle: next.hint, preview: 'This would happen:', sent: 'Your last command:' }[kind]}</p>
      <ol aria-label="The way of a command">
        <Station name="command">
          <code>{command?.type ?? next.type}</code>
          <small>{command && dataOf(command)}</small>
        </Station>
        <Station name="decide">
          <code>decide</code>
        </Station>
        <Station name={refusedHere ? 'refused' : 'decided'}>
          <DecisionView decision={decision} />
        </Station>
        <Station name={refusedHere ? 'none' : refused ? 'refused' : 'append'}>
          <code>append</code>
          <small>{refusedHere ? 'nothing' : appendInWords(expecting, answer)}</small>
        </Station>
      </ol>
    </div>
  );
}

function Station({ name, children }: PropsWithChildren<{ readonly name: string }>) {
  return <li class={`station ${name}`}>{children}</li>;
}

function DecisionView({ decision }: { readonly decision: Decision | undefined }) {
  if (decision === undefined) return <code>[ … ]</code>;
  if ('code' in decision) {
    return (
      <>
        <code>{decision.code}</code>
        <small>{decision.detail}</small>
      </>
    );
  }
  return (
    <>
      <code>[{decision.events.map(({ type }: GameEvent) => type).join(', ')}]</code>
      <small>{decision.events.map(dataOf).join('; ')}</small>
    </>
  );
}

function appendInWords(expecting: Sent['expecting'] | undefined, answer: Sent['answer']): string {
  if (expecting === undefined) return '';
  const expected = `expecting ${expecting ?? 'no_stream'}`;
  if (answer === undefined) return expected;
  return 'revision' in answer ? `${expected}, stored at ${answer.revision}` : `${expected}: ${answer.code}`;
}

/** The facts of a command or an event, for example 'Alice · D'. */
function dataOf({ data }: GameCommand | GameEvent): string {
  return Object.values(data).join(' · ');
}
