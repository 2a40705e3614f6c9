import type { ShownEvent } from '../wire.ts';
import { ProblemError, sendCommand } from './api.ts';
import { BoardView } from './board.ts';
import { element } from './dom.ts';
import { EventList } from './events.ts';
import { moveCommand } from './facts.ts';
import { History } from './history.ts';
import { layOut } from './layout.ts';
import { follow, reloadWhenOutdated } from './live.ts';
import { newsInWords } from './news.ts';
import { PlayersView } from './players.ts';
import { raceView } from './race.ts';
import { refusalInWords } from './refusal.ts';
import { startForm } from './start-form.ts';
import { StateView } from './state.ts';
import { TimeControls } from './time.ts';

/** How long a move may take, in milliseconds, before the player is told that it does. */
const patience = 700;

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
  /** How many events the server had when the page came: what comes behind them is news. */
  #known = Infinity;
  /** How many events have been drawn. */
  #drawn = 0;
  #drawing = 0;

  constructor(main: HTMLElement, gameId: string) {
    this.#main = main;
    this.#gameId = gameId;
    this.#players = new PlayersView(gameId);
  }

  open(): void {
    const play = [this.#players.element, this.#status, this.#trouble, this.#start, this.#board.element, this.#refusal];
    this.#main.replaceChildren(
      element('h1', {}, 'Game ', element('code', {}, this.#gameId)),
      layOut({
        play,
        time: this.#time.element,
        events: this.#events.element,
        state: this.#state.element,
        race: raceView(this.#gameId, () => this.#shown),
      }),
      this.#announcement,
    );
    follow(`/api/games/${this.#gameId}/live`, {
      after: () => this.#history.last,
      onHello: (hello) => {
        reloadWhenOutdated(hello);
        // Less than we have seen: it is another store, or one that was kept in memory and is gone.
        if (hello.events < this.#history.events.length) location.reload();
        this.#known = Math.min(this.#known, hello.events);
        if (hello.events === 0 && !this.#start.hasChildNodes()) this.#start.append(startForm(() => this.#gameId));
        this.#draw();
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
    });
  }

  #drawNow(): void {
    const { length } = this.#history.events;
    const isNow = this.#moment === undefined;
    const isNews = length > this.#drawn && length > this.#known;
    const { facts, trouble = '' } = this.#history.at(this.#shown);
    this.#board.show(facts, isNews && isNow);
    this.#players.show(facts);
    this.#status.textContent = isNow ? facts.sentence : `In the past: ${facts.sentence}`;
    this.#trouble.textContent = trouble;
    this.#events.show(this.#shown, isNow);
    this.#state.show(this.#shown);
    this.#time.show(this.#shown, length);
    this.#main.classList.toggle('past', !isNow);
    if (isNews) this.#announcement.textContent = newsInWords(this.#history, this.#drawn, length);
    this.#drawn = length;
    document.title = `${facts.sentence} · Connect Four`;
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
    const delay = setTimeout(() => {
      this.#refuse('The move is on its way …');
    }, patience);
    try {
      await sendCommand(this.#gameId, this.#history.last ?? null, moveCommand(player, column));
      this.#refusal.replaceChildren();
    } catch (error) {
      if (error instanceof ProblemError) for (const event of error.problem.missed ?? []) this.#take(event);
      this.#refuse(...refusalInWords(error));
    } finally {
      clearTimeout(delay);
      this.#isSending = false;
    }
  }

  #refuse(...words: readonly (Node | string)[]): void {
    this.#refusal.replaceChildren(...words);
  }
}
