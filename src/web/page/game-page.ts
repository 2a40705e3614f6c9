import type { ShownEvent } from '../wire.ts';
import { ProblemError, sendCommand } from './api.ts';
import { BoardView } from './board.ts';
import { element, section } from './dom.ts';
import { EventList } from './events.ts';
import { columnNames, moveCommand } from './facts.ts';
import { History, newCell } from './history.ts';
import { follow, reloadWhenOutdated } from './live.ts';
import { PlayersView } from './players.ts';
import { raceView } from './race.ts';
import { refusalInWords } from './refusal.ts';
import { startForm } from './start-form.ts';
import { StateView } from './state.ts';
import { TimeControls } from './time.ts';

/** The page of one game: the board, its events, and time. */
export function showGame(main: HTMLElement, gameId: string): void {
  new GamePage(main, gameId).open();
}

class GamePage {
  readonly #main: HTMLElement;
  readonly #gameId: string;
  readonly #history = new History();
  readonly #board = new BoardView((column) => void this.#drop(column));
  readonly #time = new TimeControls((events) => {
    this.#travelTo(events);
  });
  readonly #events = new EventList(this.#history, {
    goTo: (events) => {
      this.#time.goTo(events);
    },
    pointAt: (cell) => {
      this.#board.pointAt(cell);
    },
  });
  readonly #state = new StateView(this.#history);
  readonly #players: PlayersView;
  readonly #status = element('p', { class: 'status' });
  readonly #trouble = element('p', { class: 'trouble' });
  readonly #refusal = element('p', { role: 'alert', class: 'refusal' });
  readonly #announcement = element('p', { role: 'status', class: 'heard' });
  readonly #start = element('div');
  /** The number of events at the moment that is shown, or `undefined` for now. */
  #moment: number | undefined;
  #isSending = false;
  /** Whether what the server knew at the beginning has been drawn: what comes from then on is news. */
  #isLive = false;
  /** How many events have been drawn. */
  #drawn = 0;
  #drawing = 0;

  constructor(main: HTMLElement, gameId: string) {
    this.#main = main;
    this.#gameId = gameId;
    this.#players = new PlayersView(gameId);
  }

  open(): void {
    const board =
      columnNames.length === 0 ? element('p', {}, 'There is no board yet: exercise 2 brings it.') : this.#board.element;
    this.#main.replaceChildren(
      element('h1', {}, 'Game ', element('code', {}, this.#gameId)),
      element(
        'div',
        { class: 'game' },
        element(
          'div',
          {},
          section(
            'play',
            'Play',
            this.#players.element,
            this.#status,
            this.#trouble,
            this.#start,
            board,
            this.#refusal,
          ),
          section('time', 'Time travel', this.#time.element),
        ),
        element(
          'div',
          {},
          section('events', 'Events', this.#events.element),
          section('state', 'State', this.#state.element),
        ),
        section(
          'race',
          'The race',
          raceView(this.#gameId, () => this.#shown),
        ),
        section('keys', 'Keys', keys()),
      ),
      this.#announcement,
    );
    follow(`/api/games/${this.#gameId}/live`, {
      after: () => this.#history.last,
      onHello: (hello) => {
        reloadWhenOutdated(hello);
        // Less than we have seen: it is another store, or one that was kept in memory and is gone.
        if (hello.events < this.#history.events.length) location.reload();
        this.#draw();
        if (hello.events === 0) this.#start.replaceChildren(startForm(() => this.#gameId));
        if (hello.events === this.#history.events.length) this.#isLive = true;
      },
      on: {
        recorded: (data) => {
          this.#take(data as ShownEvent);
        },
      },
      onProblem: ({ detail }) => {
        this.#trouble.textContent = detail;
      },
    });
  }

  get #shown(): number {
    return this.#moment ?? this.#history.events.length;
  }

  #take(shown: ShownEvent): void {
    if (!this.#history.add(shown)) return;
    this.#start.replaceChildren();
    this.#refusal.replaceChildren();
    this.#draw();
  }

  /** Draws soon, and once for all that comes in one go. */
  #draw(): void {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = requestAnimationFrame(() => {
      this.#drawNow();
      this.#isLive = true;
    });
  }

  #drawNow(): void {
    const { length } = this.#history.events;
    const isNow = this.#moment === undefined;
    const { facts, trouble = '' } = this.#history.at(this.#shown);
    this.#board.show(facts, this.#isLive && isNow);
    this.#players.show(facts);
    this.#status.textContent = isNow ? facts.sentence : `In the past: ${facts.sentence}`;
    this.#trouble.textContent = trouble;
    this.#events.show(this.#shown, isNow);
    this.#state.show(this.#shown);
    this.#time.show(this.#shown, length, momentInWords(this.#shown, length));
    this.#main.classList.toggle('past', !isNow);
    if (this.#isLive && length > this.#drawn) this.#announce(this.#drawn, length);
    this.#drawn = length;
    document.title = `${facts.sentence} · Connect Four`;
  }

  /** Tells those who listen what has happened between two moments. */
  #announce(from: number, to: number): void {
    const { facts } = this.#history.at(to);
    const cell = newCell(this.#history.at(from).facts, facts) ?? '';
    const token = facts.tokens.get(cell);
    const fallen = token === undefined ? '' : `A ${token} token in column ${cell.charAt(0)}, row ${cell.slice(1)}. `;
    this.#announcement.textContent = fallen + facts.sentence;
  }

  #travelTo(events: number): void {
    this.#moment = events >= this.#history.events.length ? undefined : events;
    this.#refusal.replaceChildren();
    this.#drawNow();
  }

  async #drop(column: string): Promise<void> {
    if (this.#moment !== undefined) {
      this.#refuse('You are looking at the past, and nobody can move there. Escape brings you back to now.');
      return;
    }
    const player = this.#players.playerToMove(this.#history.at(this.#shown).facts);
    if (player === undefined) {
      this.#refuse('You are watching. Choose above for whom you play.');
      return;
    }
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      await sendCommand(this.#gameId, this.#history.last ?? null, moveCommand(player, column));
      this.#refusal.replaceChildren();
    } catch (error) {
      if (error instanceof ProblemError) for (const event of error.problem.missed ?? []) this.#take(event);
      this.#refuse(...refusalInWords(error));
    } finally {
      this.#isSending = false;
    }
  }

  #refuse(...words: readonly (Node | string)[]): void {
    this.#refusal.replaceChildren(...words);
  }
}

function momentInWords(shown: number, length: number): string {
  const events = `${length} ${length === 1 ? 'event' : 'events'}`;
  if (shown === length) return `Now: ${events}`;
  return shown === 0 ? `Before the first of ${events}` : `After ${shown} of ${events}, at revision ${shown - 1}`;
}

function keys(): HTMLElement {
  const lines = [
    ['Tab', 'to the board, then arrow keys to a column and Enter, or the letter A to G at once'],
    ['← →', 'anywhere else: one event back or forward'],
    ['Escape', 'back to now'],
  ] as const;
  return element(
    'dl',
    {},
    ...lines.flatMap(([key, text]) => [element('dt', {}, element('kbd', {}, key)), element('dd', {}, text)]),
  );
}
