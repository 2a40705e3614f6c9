import type { GameCommand } from '../../domain/index.ts';
import type { Handled, Problem, RaceResult } from '../wire.ts';

/** The server has refused something, and says why. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** How often a request is sent before somebody is told that nobody answers, and how long to wait in between, in milliseconds. */
const [maxAttempts, pause] = [5, 400];

/**
 * Sends a command. When no answer comes, it is sent again with the same id: the server stores nothing twice.
 *
 * @param seen the revision of the last event that the sender has seen, or `null`
 * @throws ProblemError
 */
export async function sendCommand(gameId: string, seen: number | null, command: GameCommand): Promise<Handled> {
  return (await post(`/api/games/${gameId}/commands`, { id: newId(), seen, command })) as Handled;
}

/** @throws ProblemError */
export async function startRace(gameId: string, events: number, expecting: boolean): Promise<RaceResult> {
  return (await post(`/api/games/${gameId}/race`, { events, expecting })) as RaceResult;
}

async function post(path: string, body: unknown): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptPost(path, JSON.stringify(body));
    if ('answer' in outcome) return outcome.answer;
    const isUnclear = outcome.problem.status === 503;
    if (!isUnclear || attempt === maxAttempts) throw new ProblemError(outcome.problem);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function attemptPost(path: string, body: string): Promise<{ answer: unknown } | { problem: Problem }> {
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    const json: unknown = await response.json();
    return response.ok ? { answer: json } : { problem: json as Problem };
  } catch {
    return { problem: noAnswer };
  }
}

const noAnswer: Problem = {
  type: 'urn:connect-four:no-answer',
  title: 'The server does not answer',
  status: 503,
  code: 'no-answer',
  detail: 'The server does not answer. Is "npm run web" still running?',
};

/** A UUID of version 4. `crypto.randomUUID` is not there on a page that came over plain HTTP from another machine. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, index) => {
    const marked = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
    return marked.toString(16).padStart(2, '0');
  }).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
