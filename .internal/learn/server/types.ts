import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import type { TypesAnswer, TypesRequest } from '../messages.ts';

/** How long an answer may take. The first one waits for the compiler to load. */
const patienceMs = 30_000;

type Answered = { readonly id: number; readonly answer: TypesAnswer };

/** The compiler of the editor, in a program of its own. */
export class Types {
  readonly #root: string;
  #child: ChildProcess | undefined;
  #id = 0;

  constructor(root: string) {
    this.#root = root;
  }

  /** @returns nothing when the compiler has stopped or takes too long */
  ask(request: TypesRequest): Promise<TypesAnswer> {
    const child = this.#child?.connected === true ? this.#child : (this.#child = this.#start());
    const id = (this.#id += 1);
    return new Promise((resolve) => {
      const end = (answer: TypesAnswer) => {
        clearTimeout(timer);
        child.off('message', listen).off('exit', giveUp);
        resolve(answer);
      };
      const listen = (answered: Answered) => {
        if (answered.id === id) end(answered.answer);
      };
      const giveUp = () => {
        end({});
      };
      const timer = setTimeout(giveUp, patienceMs);
      child.on('message', listen).once('exit', giveUp);
      child.send({ id, request });
    });
  }

  stop(): void {
    this.#child?.kill('SIGKILL'); // it has no state to lose
    this.#child = undefined;
  }

  #start(): ChildProcess {
    const child = fork(join(import.meta.dirname, 'types-child.ts'), {
      cwd: this.#root,
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    }).setMaxListeners(0);
    child.on('error', () => undefined); // it ends, and the questions with it
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined;
    });
    return child;
  }
}
