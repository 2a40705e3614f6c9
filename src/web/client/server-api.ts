import type { GameCommand } from '../../domain/index.ts';
import type { Handled, Problem, RaceRequest, RaceResult, SentCommand } from '../messages.ts';
import { silence } from './live.ts';

/** The server has refused a request, and says why. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** How often a request is sent before it fails, and the first delay in between: each doubles. */
const maxAttempts = 5;
const firstDelayMs = 400;

/**
 * Sends a command. Each attempt sends the same event ids, so the server stores nothing twice.
 *
 * @param lastSeen the revision of the last event that the sender has seen, or `null`
 * @throws ProblemError
 */
export async function sendCommand(gameId: string, lastSeen: number | null, command: GameCommand): Promise<Handled> {
  // No command causes more than two events.
  const sent: SentCommand = { eventIds: [newUuid(), newUuid()], lastSeen, command };
  return (await post(`/api/games/${gameId}/commands`, sent)) as Handled;
}

/** @throws ProblemError */
export async function startRace(gameId: string, request: RaceRequest): Promise<RaceResult> {
  return (await post(`/api/games/${gameId}/race`, request)) as RaceResult;
}

async function post(path: string, body: unknown): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptPost(path, JSON.stringify(body));
    if ('answer' in outcome) return outcome.answer;
    if (outcome.problem.status !== 503 || attempt === maxAttempts) throw new ProblemError(outcome.problem);
    await new Promise((resolve) => setTimeout(resolve, firstDelayMs * 2 ** (attempt - 1)));
  }
}

async function attemptPost(path: string, body: string): Promise<{ answer: unknown } | { problem: Problem }> {
  const headers = { 'Content-Type': 'application/json' };
  try {
    const response = await fetch(path, { method: 'POST', headers, body, signal: AbortSignal.timeout(silence.maxMs) });
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

/** `crypto.randomUUID` does not exist on a page that came over plain HTTP from another machine. */
function newUuid(): string {
  const pattern = '10000000-1000-4000-8000-100000000000';
  const random = () => crypto.getRandomValues(new Uint8Array(1))[0] ?? 0;
  return pattern.replace(/[018]/g, (digit) => (Number(digit) ^ (random() & (15 >> (Number(digit) / 4)))).toString(16));
}
