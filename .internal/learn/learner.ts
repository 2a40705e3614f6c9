import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import type { Git } from '../workshop/git.ts';
import { makeClone } from '../workshop/test-repository.ts';
import { readMain } from '../workshop/proof/workbench.ts';
import { tokenHeader, type FileText, type LiveMessages } from './messages.ts';

/** A learner's folder, and the learning page that is served for it. */
export class Learner {
  readonly folder: string;
  readonly git: Git;
  url = '';
  token = '';
  #end: () => Promise<void> = () => Promise.resolve();

  /**
   * @param name differs from those of other tests
   * @param exercise 0 for main
   */
  constructor(name: string, exercise: number) {
    this.git = makeClone(`learn-${name}`);
    this.folder = this.git.folder;
    const branch = readMain().manifest.exercises[exercise - 1]?.branch ?? 'main';
    this.git.run(['checkout', '--quiet', branch]);
  }

  /** Starts the page, as `npm run learn` does. It ends with the test. */
  async start(port = 0): Promise<this> {
    const args = ['--import', 'tsx', '.internal/learn/server/main.ts', '--no-open', '--port', String(port)];
    const env = { ...process.env, VITEST: undefined, NO_COLOR: '1' };
    const child = spawn(process.execPath, args, { cwd: this.folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const closed = once(child, 'close');
    this.#end = async () => {
      child.kill('SIGKILL');
      await closed;
    };
    onTestFinished(this.#end);
    let output = '';
    this.url = await new Promise<string>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
          const url = /The workshop is at (\S+)/.exec(output)?.[1];
          if (url !== undefined) resolve(url);
        });
      }
      child.once('close', (code) => {
        reject(new Error(`It has ended with ${String(code)}: ${output}`));
      });
    });
    this.token = /name="token" content="([^"]+)"/.exec(await (await fetch(this.url)).text())?.[1] ?? '';
    return this;
  }

  /** Ends the page as a power failure does. */
  async kill(): Promise<void> {
    await this.#end();
  }

  /** Asks the server as the page does. */
  async ask(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: { [tokenHeader]: this.token, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  }

  /** Waits for a message of the server that is accepted. What is so now counts, too. */
  async until<Name extends keyof LiveMessages>(
    name: Name,
    accept: (data: LiveMessages[Name]) => boolean,
  ): Promise<LiveMessages[Name]> {
    const next = await this.listen(name, accept);
    return next();
  }

  /** Listens to the server. What it says from then on is not missed: the answer waits for it. */
  async listen<Name extends keyof LiveMessages>(
    name: Name,
    accept: (data: LiveMessages[Name]) => boolean,
  ): Promise<() => Promise<LiveMessages[Name]>> {
    const closing = new AbortController();
    const { body } = await fetch(`${this.url}/api/live`, {
      headers: { [tokenHeader]: this.token },
      signal: closing.signal,
    });
    return async () => {
      let text = '';
      for await (const part of (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
        text += part;
        const messages = text.split('\n\n');
        text = messages.pop() ?? '';
        for (const message of messages) {
          const [, event, json = ''] = /^event: (.*)\ndata: (.*)$/s.exec(message) ?? [];
          if (event !== name) continue;
          const data = JSON.parse(json) as LiveMessages[Name];
          if (!accept(data)) continue;
          closing.abort();
          return data;
        }
      }
      throw new Error('The server has closed the stream.');
    };
  }

  /** Saves a file as the page does. */
  async save(path: string, text: string): Promise<{ status: number; body: unknown }> {
    const { body } = await this.ask('GET', `/api/file?path=${path}`);
    return this.ask('PUT', '/api/file', { path, text, base: (body as FileText).hash });
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  /** A file of the solution of an exercise. */
  solved(exercise: number, path: string): string {
    const branch = readMain().manifest.exercises[exercise - 1]?.solutionBranch ?? '';
    return this.git.run(['cat-file', 'blob', `${branch}:${path}`]);
  }
}
