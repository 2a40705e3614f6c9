import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import type { RunView } from '../messages.ts';
import type { TestNews, TestRequest } from './test-messages.ts';

/** The most that is kept of what the learner's code prints. */
const mostPrinted = 20_000;

/** The tests of the exercise: a program that can always be ended, and its last results. */
export class Tests {
  readonly #root: string;
  readonly #onChange: (view: RunView) => void;
  #child: ChildProcess | undefined;
  #view: RunView = { state: 'stopped', printed: '' };

  constructor(root: string, onChange: (view: RunView) => void) {
    this.#root = root;
    this.#onChange = onChange;
  }

  get view(): RunView {
    return this.#view;
  }

  /** Runs the tests on the files as they are now. A run that is under way ends early. */
  run(): void {
    const { open, failure } = this.#view.result ?? {};
    const request: TestRequest = { first: open === undefined ? undefined : failure?.file };
    const child = this.#child?.connected === true ? this.#child : this.#start();
    if (this.#view.state !== 'starting') this.#show({ ...withoutEnd(this.#view), state: 'running', printed: '' });
    child.send(request);
  }

  /** Ends the tests and forgets their results: another exercise is in the folder. */
  stop(): void {
    const child = this.#child;
    this.#child = undefined;
    child?.kill('SIGKILL'); // it has no state to lose
    this.#show({ state: 'stopped', printed: '' });
  }

  #start(): ChildProcess {
    const child = fork(join(import.meta.dirname, 'test-child.ts'), {
      cwd: this.#root,
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-mostPrinted)));
    child.on('message', (news: TestNews) => {
      if (this.#child === child) this.#learn(news);
    });
    child.on('error', () => undefined); // it ends, and that is noticed below
    child.once('exit', () => {
      if (this.#child !== child) return;
      this.#child = undefined;
      if (this.#view.state !== 'endless') this.#show({ ...this.#view, state: 'stopped', problem: output.trim() });
    });
    this.#show({ ...withoutEnd(this.#view), state: 'starting', printed: '' });
    return child;
  }

  #learn(news: TestNews): void {
    switch (news.kind) {
      case 'began':
        this.#show({ ...withoutEnd(this.#view), state: 'running', printed: '' });
        break;
      case 'result':
        this.#show({ ...this.#view, result: news.result, isFresh: true });
        break;
      case 'printed':
        this.#show({ ...this.#view, printed: (this.#view.printed + news.text).slice(-mostPrinted) });
        break;
      case 'ended':
        this.#show({ ...this.#view, state: 'done', ...(news.problem !== undefined && { problem: news.problem }) });
        break;
      case 'endless':
        this.#child?.kill('SIGKILL');
        this.#child = undefined;
        this.#show({
          ...this.#view,
          state: 'endless',
          endless: { test: news.test, ...(news.at !== undefined && { at: news.at }) },
        });
        break;
    }
  }

  #show(view: RunView): void {
    this.#view = view;
    this.#onChange(view);
  }
}

/** What is shown of the run before while the next one begins. */
function withoutEnd({ endless: _endless, problem: _problem, isFresh: _isFresh, ...view }: RunView): RunView {
  return view;
}
