import type {
  CommandAnswer,
  CommandRequest,
  FileText,
  Problem,
  SavedVersion,
  SolutionView,
  tokenHeader,
  TypesAnswer,
  TypesRequest,
} from '../messages.ts';
import { token } from './page-facts.ts';
import { update } from './state.ts';

const header: typeof tokenHeader = 'X-Learn-Token';

/** How long the server may take for an answer. A command may run all tests of an exercise. */
const [patienceMs, commandPatienceMs] = [60_000, 300_000];

export const readFile = (path: string) => ask<FileText>('GET', `/api/file?${query({ path })}`);

/** Saves a file, if it is still the one with the hash `base`. The answer has the formatted text. */
export const saveFile = (path: string, text: string, base: string) =>
  ask<FileText>('PUT', '/api/file', { path, text, base, format: true });

export const runTests = () => ask<object>('POST', '/api/run', {});
export const askCompiler = (request: TypesRequest) => ask<TypesAnswer>('POST', '/api/types', request);
export const tellHint = (step: string, shown: number) => ask<object>('POST', '/api/hint', { step, shown });
export const wantGame = (isWanted: boolean) => ask<object>('POST', '/api/game', { isWanted });
export const readVersions = (path: string) => ask<readonly SavedVersion[]>('GET', `/api/versions?${query({ path })}`);

export const readSolution = (step?: string) =>
  ask<SolutionView>('GET', `/api/solution${step === undefined ? '' : `?${query({ step })}`}`);

export const applySolution = (step?: string) =>
  ask<CommandAnswer>('POST', '/api/apply', { ...(step !== undefined && { step }) }, commandPatienceMs);

export const sendCommand = (command: CommandRequest) =>
  ask<CommandAnswer>('POST', '/api/command', command, commandPatienceMs);

export const readVersion = (name: string) => ask<{ readonly text: string }>('GET', `/api/version?${query({ name })}`);

/** Opens the stream of messages. `undefined`: the server does not answer. */
export function openLive(signal: AbortSignal): Promise<Response | undefined> {
  return fetch('/api/live', { headers: { [header]: token }, signal }).catch(() => undefined);
}

export function isProblem(answer: object | string): answer is Problem {
  return typeof answer === 'object' && 'code' in answer && 'detail' in answer;
}

/** The reason why a request was refused. A token of an earlier start makes the page outdated. */
export async function problemIn(response: Response): Promise<Problem> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  if (problem.code === 'wrong-token') update({ connection: 'outdated' });
  return { code: `status-${response.status}`, detail: 'The server cannot do this.', ...problem };
}

async function ask<Answer extends object>(
  method: string,
  path: string,
  body?: object,
  limitMs = patienceMs,
): Promise<Answer | Problem> {
  const response = await send(method, path, body, limitMs);
  if (response === undefined) return noAnswer;
  if (!response.ok) return problemIn(response);
  if (response.status === 204) return {} as Answer;
  return (await response.json().catch(() => noAnswer)) as Answer | Problem;
}

function send(method: string, path: string, body: object | undefined, limitMs: number): Promise<Response | undefined> {
  const json = body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', [header]: token } };
  const request = { method, headers: { [header]: token }, signal: AbortSignal.timeout(limitMs), ...json };
  return fetch(path, request).catch(() => undefined);
}

function query(parameters: Record<string, string>): string {
  return new URLSearchParams(parameters).toString();
}

const noAnswer: Problem = {
  code: 'no-answer',
  detail: 'The server does not answer. Is "npm run learn" still running? Your text is kept in this browser.',
};
