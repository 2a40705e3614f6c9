import { servePage } from '../learn/server/server.ts';
import { tokenHeader, type FileText, type RunView } from '../learn/messages.ts';
import { stepNamed, Workbench } from '../workshop/proof/workbench.ts';
import { compare } from './compare.ts';
import { startWatch, startVitest } from './watch.ts';

/**
 * Compares the learning page with `npm run watch` and with bare vitest, from save to result, on
 * exercise 2 with its steps open.
 */
export async function benchLearn(): Promise<void> {
  const start = stepNamed('02 start');
  const page = await LearningPage.open(new Workbench(start, 'bench page').folder);
  const watch = startWatch(new Workbench(start, 'bench watch'), /Next: step/);
  const bare = startVitest(new Workbench(start, 'bench vitest'));
  await Promise.all([page.result(isDone), watch.result(), bare.result()]);
  for (const [what, other] of [
    ['npm run watch', watch],
    ['bare vitest', bare],
  ] as const) {
    for (const [result, accept] of [
      ['all steps', isDone],
      ['the open step', hasOpenStep],
    ] as const)
      await compare(
        {
          what: `from save to ${result}, learning page`,
          beside: what,
          ...(what === 'bare vitest' && { goal: 1 }),
          times: 1,
          ours: () => page.save(accept),
          other: () => other.save(),
        },
        rounds,
      );
  }
  watch.stop();
  bare.stop();
  await page.close();
}

/** A round takes seconds, and the ratios are far apart. */
const rounds = 11;

const isDone = ({ state }: RunView) => state === 'done';
const hasOpenStep = ({ isFresh, result }: RunView) => isFresh === true && result?.failure !== undefined;

/** The learning page without a browser: it saves, and reads the results as they come. */
class LearningPage {
  readonly #url: string;
  readonly #headers: Record<string, string>;
  readonly close: () => Promise<void>;
  #listen: (run: RunView) => void = () => undefined;
  #count = 0;

  private constructor(url: string, token: string, close: () => Promise<void>) {
    this.#url = url;
    this.#headers = { [tokenHeader]: token, 'Content-Type': 'application/json' };
    this.close = close;
  }

  static async open(folder: string): Promise<LearningPage> {
    const { url, close } = await servePage(folder, 0);
    const token = /name="token" content="([^"]+)"/.exec(await (await fetch(url)).text())?.[1] ?? '';
    const page = new LearningPage(url, token, close);
    void page.#follow();
    return page;
  }

  /** Saves a file of the game, and waits for a result that is accepted. */
  async save(accept: (run: RunView) => boolean): Promise<void> {
    const path = 'src/domain/game.ts';
    const answer = await fetch(`${this.#url}/api/file?path=${path}`, { headers: this.#headers });
    const { text, hash: base } = (await answer.json()) as FileText;
    this.#count += 1;
    const result = this.result(accept);
    const body = JSON.stringify({
      path,
      text: `${text.replace(/\n\/\/ save .*\n$/, '')}\n// save ${this.#count}\n`,
      base,
    });
    await fetch(`${this.#url}/api/file`, { method: 'PUT', headers: this.#headers, body });
    await result;
  }

  /** Waits until a run has begun and a result of it is accepted. */
  result(accept: (run: RunView) => boolean): Promise<void> {
    return new Promise((resolve) => {
      let hasBegun = false;
      this.#listen = (run) => {
        hasBegun ||= run.state === 'running';
        if (hasBegun && accept(run)) resolve();
      };
    });
  }

  async #follow(): Promise<void> {
    const { body } = await fetch(`${this.#url}/api/live`, { headers: this.#headers });
    let text = '';
    for await (const part of (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      const messages = (text += part).split('\n\n');
      text = messages.pop() ?? '';
      for (const message of messages) {
        const [, name, json = ''] = /^event: (.*)\ndata: (.*)$/s.exec(message) ?? [];
        if (name === 'run') this.#listen(JSON.parse(json) as RunView);
      }
    }
  }
}
