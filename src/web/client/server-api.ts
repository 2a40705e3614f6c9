import type { GameCommand } from '../../domain/index.ts';
import type { Handled, Problem, RaceRequest, RaceResult, SentCommand } from '../messages.ts';
import { silence } from './live.ts';

/** The delays between the attempts to send a request. */
const retryDelaysMs = [400, 800, 1600, 3200, 3200, 3200, 3200, 3200];

/** What the player is told: why a command was refused, or that it takes long. */
export type Notice = { readonly detail: string; readonly code?: string };

/**
 * Sends a command. Each attempt sends the same event ids, so the server stores nothing twice.
 *
 * @param lastSeen the revision of the last event that the sender has seen, or `null`
 */
export function sendCommand(gameId: string, lastSeen: number | null, command: GameCommand) {
  // No command causes more than two events.
  const sent: SentCommand = { eventIds: [newUuid(), newUuid()], lastSeen, command, clickedAt: now() };
  return post(`/api/games/${gameId}/commands`, sent) as Promise<Handled | Problem>;
}

export function startRace(gameId: string, request: RaceRequest) {
  return post(`/api/games/${gameId}/race`, request) as Promise<RaceResult | Problem>;
}

/** @returns the answer. As long as the server cannot give one, the request is sent again */
export async function post(path: string, body: object): Promise<object> {
  const request = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  for (let attempt = 0; ; attempt += 1) {
    const answer = await fetch(path, { ...request, signal: AbortSignal.timeout(silence.maxMs) })
      .then((response) => response.json() as Promise<object>)
      .catch(() => noAnswer);
    const delayMs = retryDelaysMs[attempt];
    if (!('status' in answer && answer.status === 503) || delayMs === undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, delayMs));
  }
}

/** The problem that the page has when nobody answers. */
export const noAnswer: Problem = {
  type: 'urn:connect-four:no-answer',
  title: 'The server does not answer',
  status: 503,
  code: 'no-answer',
  detail: 'The server does not answer. Is "npm run web" still running?',
};

/** The time in milliseconds since 1970, with fractions. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** `crypto.randomUUID` does not exist on a page that came over plain HTTP from another machine. */
function newUuid(): string {
  const digits = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0'));
  return digits.join('').replace(/(.{8})(.{4}).(.{3}).(.{3})(.{12})/, '$1-$2-4$3-8$4-$5');
}
