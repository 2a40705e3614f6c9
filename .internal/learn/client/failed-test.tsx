import type { FailureView, Position } from '../messages.ts';
import { goToLine } from './focus.ts';
import { Code } from './highlight.tsx';

/** The failed test to look at: its name as a story, what it says, and its code. */
export function FailedTest({ failure }: { readonly failure: FailureView }) {
  const { test, message, difference, at, code, file } = failure;
  return (
    <section class="failed" aria-labelledby="failed-title">
      <h3 id="failed-title">{sentenceOf(test)}</h3>
      <Lines text={message} />
      {difference.length > 0 && (
        <pre class="difference" tabindex={0} aria-label="The difference">
          {difference.map((line) => (
            <span
              class={line.startsWith('-') ? 'expected' : line.startsWith('+') ? 'received' : ''}
            >{`${line}\n`}</span>
          ))}
        </pre>
      )}
      {at && (
        <p class="look">
          Look at <PlaceLink at={at} />
        </p>
      )}
      {code && (
        <details class="test-code">
          <summary>The test, in {fileName(file)}</summary>
          <pre tabindex={0} style={{ '--first': String(code.firstLine) }}>
            <Code text={code.text} />
          </pre>
        </details>
      )}
    </section>
  );
}

/** A link to a line that opens in the editor. */
export function PlaceLink({ at: { file, line } }: { readonly at: Position }) {
  return (
    <button class="link" onClick={() => void goToLine(file, line)}>
      {fileName(file)}, line {line}
    </button>
  );
}

/** A message as it is, line by line. The words of a story stand out. */
export function Lines({ text }: { readonly text: string }) {
  return (
    <div class="story">
      {text.split('\n').map((line) => {
        const [, word, rest] = /^(\s*(?:Given|When|Then|Expected|But|And)\b:?)(.*)$/.exec(line) ?? [];
        return <p>{word === undefined ? line : [<b>{word}</b>, rest ?? '']}</p>;
      })}
    </div>
  );
}

/** The name of a test without its step: "2.4 refuses …" is a sentence about it. */
function sentenceOf(test: string): string {
  const name = test.replace(/^(\d+\.\d+|\(types\)) /, '');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function fileName(path: string): string {
  return path.split('/').at(-1) ?? path;
}
