import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

test('a program sends its spans to the collector that the usual variable names', { timeout: 120_000 }, async () => {
  const requests: { readonly path: string; readonly body: string }[] = [];
  const collector = createServer((request, response) => {
    void textOf(request).then((body) => {
      requests.push({ path: request.url ?? '', body });
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  onTestFinished(() => void collector.close());
  const { port } = collector.address() as AddressInfo;

  const { code, output } = await play({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
  expect(code, output).toBe(0);
  expect(new Set(requests.map(({ path }) => path))).toEqual(new Set(['/v1/traces']));
  const sent = requests.flatMap(({ body }) => (JSON.parse(body) as Sent).resourceSpans);
  expect(JSON.stringify(sent.map(({ resource }) => resource))).toContain('"connect-four"');
  const spans = sent.flatMap(({ scopeSpans }) => scopeSpans).flatMap((scope) => scope.spans);
  const commands = spans.filter(({ name }) => name === 'command');
  expect(commands).toHaveLength(3);
  for (const { spanId, traceId } of commands) {
    const inside = spans.filter((span) => span.parentSpanId === spanId);
    expect(inside.map(({ name }) => name)).toEqual(['read', 'append']);
    expect(new Set(inside.map((span) => span.traceId))).toEqual(new Set([traceId]));
  }
});

test('a collector that is away is named once, and stops no game', { timeout: 120_000 }, async () => {
  const { code, output } = await play({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  expect(code, output).toBe(0);
  expect(output.match(/The collector of the traces/g)).toHaveLength(1);
  expect(output).toContain('Goodbye.');
});

type Sent = {
  readonly resourceSpans: readonly {
    readonly resource: unknown;
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
};
type SentSpan = Readonly<{ name: string; traceId: string; spanId: string; parentSpanId?: string }>;

/** Starts a game and makes two moves. */
async function play(env: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'collector-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const script = join(folder, 'moves.txt');
  writeFileSync(script, 'Ann\nBen\nD\nE\n');
  const store = `sqlite:${join(folder, 'games.db')}`;
  const program = spawn(process.execPath, ['--import', 'tsx', 'src/terminal/main.ts', '--script', script], {
    cwd: root,
    env: { ...process.env, EVENT_STORE: store, ...env },
  });
  let output = '';
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (text: Buffer) => (output += String(text)));
  const [code] = (await once(program, 'exit')) as [number];
  return { code, output };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text;
}
