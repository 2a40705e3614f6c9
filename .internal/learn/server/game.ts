import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import type { GameView } from '../messages.ts';

/** How long the game may take to end before it is killed. */
const endTimeoutMs = 2000;

/** The game of `npm run web`, as a program of its own that starts again on each save. */
export class Game {
  readonly #root: string;
  readonly #origin: () => string;
  readonly #onChange: (view: GameView) => void;
  #child: ChildProcess | undefined;
  #port = 0;
  #view: GameView = { state: 'none' };

  /** @param origin returns that of the page with the game in a frame */
  constructor(root: string, origin: () => string, onChange: (view: GameView) => void) {
    this.#root = root;
    this.#origin = origin;
    this.#onChange = onChange;
    this.look();
  }

  get view(): GameView {
    return this.#view;
  }

  /** Finds out whether this exercise has the game. */
  look(): void {
    const isThere = existsSync(join(this.#root, 'src', 'web', 'server', 'main.ts'));
    if (!isThere && this.#view.state !== 'none') void this.stop();
    if (!isThere || this.#view.state === 'none') this.#show({ state: isThere ? 'off' : 'none' });
  }

  start(): void {
    if (this.#view.state === 'none' || this.#child !== undefined) return;
    this.#show({ state: 'starting' });
    // It keeps its port over a save, so that the page in the frame finds it again.
    const args = ['--import', 'tsx', '.internal/workshop/web.ts', '--port', String(this.#port)];
    const child = spawn(process.execPath, [...args, '--framed-by', this.#origin()], {
      cwd: this.#root,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    let output = '';
    const listen = (text: string) => {
      output = (output + text).slice(-10_000);
      const [, url = '', port = ''] = /(http:\/\/127\.0\.0\.1:(\d+))/.exec(output) ?? [];
      if (this.#child !== child || this.#view.state !== 'starting' || url === '') return;
      this.#port = Number(port);
      this.#show({ state: 'running', url });
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', listen);
    child.once('close', () => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#show({ state: 'failed', output: stripVTControlCharacters(output).trim() });
    });
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (this.#view.state !== 'none') this.#show({ state: 'off' });
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      const patience = setTimeout(() => child.kill('SIGKILL'), endTimeoutMs);
      child.once('close', () => {
        clearTimeout(patience);
        resolve();
      });
      child.kill('SIGTERM');
    });
  }

  /** Starts the game again with the new code, if it is wanted. */
  async restart(): Promise<void> {
    if (this.#view.state === 'none' || this.#view.state === 'off') return;
    await this.stop();
    this.start();
  }

  #show(view: GameView): void {
    this.#view = view;
    this.#onChange(view);
  }
}
