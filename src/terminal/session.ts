import { handle, loadGame } from '../application/game-commands.ts';
import { newGameId } from '../application/game-id.ts';
import { OvertakenError } from '../application/overtaken-error.ts';
import { DomainError, type Game, type GameCommand } from '../domain/index.ts';
import {
  EventStoreUnavailableError,
  WrongExpectedRevisionError,
  type EventStore,
  type RecordedEvent,
} from '../event-store/event-store.ts';
import type { Conversation } from './conversation.ts';
import { drawGame, drawHistory, drawRace, promptFor } from './drawing.ts';
import { help, whyNoUndo } from './help.ts';
import { askPlayers } from './new-game.ts';
import { race } from './two-windows.ts';
import { printable } from './text.ts';

/** How a session went. */
export type SessionResult = {
  /** The game that was open at its end. */
  readonly gameId: string | undefined;
  /** The number of lines that were answered with a rule, or not understood. */
  readonly refusals: number;
};

/** Somebody asked for a game that does not exist. */
export class UnknownGameError extends Error {
  override readonly name = 'UnknownGameError';

  constructor(gameId: string) {
    super(`There is no game "${printable(gameId)}" in this event store.`);
  }
}

/** People at one terminal, playing one game after another until they leave. */
export class Session {
  readonly #store: EventStore;
  readonly #conversation: Conversation;
  #gameId: string | undefined;
  readonly #onOpen: (gameId: string) => void;
  #refusals = 0;

  /** @param onOpen is told about each game that is opened */
  constructor(store: EventStore, conversation: Conversation, onOpen: (gameId: string) => void = () => undefined) {
    this.#store = store;
    this.#conversation = conversation;
    this.#onOpen = onOpen;
  }

  /**
   * @param gameId the game to come back to; without one, a new game is started
   * @throws UnknownGameError, and every error of the store that makes it impossible to go on
   */
  async run(gameId?: string): Promise<SessionResult> {
    if (gameId !== undefined) await this.#open(gameId);
    else await this.#startGame();
    while (this.#gameId !== undefined && (await this.#turnOrOutage(this.#gameId)));
    return { gameId: this.#gameId, refusals: this.#refusals };
  }

  async #open(gameId: string): Promise<void> {
    const { history } = await loadGame(this.#store, gameId);
    if (history.length === 0) throw new UnknownGameError(gameId);
    this.#enter(gameId);
    await this.#show(gameId);
  }

  #enter(gameId: string): void {
    this.#gameId = gameId;
    this.#onOpen(gameId);
  }

  /** @returns false when there are no more lines */
  async #startGame(): Promise<boolean> {
    const { colors, say } = this.#conversation;
    for (;;) {
      const players = await askPlayers(this.#conversation, (sentence) => {
        this.#refuse(sentence);
      });
      if (players === undefined) return false;
      const gameId = newGameId();
      if (await this.#send(gameId, { type: 'StartGame', data: players })) {
        this.#enter(gameId);
        say(`\nThis is game ${colors.bold(gameId)}. Type the letter of a column to drop a token there, or "help".`);
        await this.#show(gameId);
        return true;
      }
    }
  }

  /** A person can wait until the store is back; a script cannot. */
  async #turnOrOutage(gameId: string): Promise<boolean> {
    try {
      return await this.#turn(gameId);
    } catch (error) {
      if (!this.#conversation.interactive || !(error instanceof EventStoreUnavailableError)) throw error;
      this.#refuse(error.message);
      const answer = await this.#conversation.ask('Press Enter to try again, or type quit: ');
      return answer !== undefined && answer.toLowerCase() !== 'quit';
    }
  }

  /** @returns false when the session is over */
  async #turn(gameId: string): Promise<boolean> {
    const { game, history } = await loadGame(this.#store, gameId);
    const line = await this.#conversation.ask(`\n${promptFor(game, this.#conversation.colors)} `);
    if (line === undefined) return false;

    const [word = '', argument = ''] = line.split(/\s+/);
    switch (word.toLowerCase()) {
      case '':
        break;
      case 'quit':
        return false;
      case 'new':
        return this.#startGame();
      case 'open':
        await this.#tryToOpen(argument);
        break;
      case 'board':
        await this.#show(gameId);
        break;
      case 'history':
        this.#conversation.say(drawHistory((await loadGame(this.#store, gameId)).history));
        break;
      case 'help':
        this.#conversation.say(help);
        break;
      case 'race':
        await this.#race(gameId, game, history, line);
        break;
      case 'undo':
        this.#conversation.say(whyNoUndo);
        break;
      default:
        if (word.length === 1) await this.#move(gameId, game, history.length, word.toUpperCase());
        else this.#refuse(`"${printable(line)}" is neither a column nor a command. Type "help" to see both.`);
    }
    return true;
  }

  async #tryToOpen(gameId: string): Promise<void> {
    try {
      await this.#open(gameId);
    } catch (error) {
      if (!(error instanceof UnknownGameError)) throw error;
      this.#refuse(error.message);
    }
  }

  /** @param seen the number of events behind the board that the players have in front of them */
  async #move(gameId: string, game: Game, seen: number, column: string): Promise<void> {
    const { history } = await loadGame(this.#store, gameId);
    if (history.length > seen) {
      this.#refuse('Somebody has played this game elsewhere while you were thinking. This is what happened:');
      this.#conversation.say(drawHistory(history.slice(seen)));
      await this.#show(gameId);
      return;
    }
    const player = game.status === 'in progress' ? game.nextPlayer : '';
    if (await this.#send(gameId, { type: 'MakeMove', data: { player, column } })) await this.#show(gameId);
  }

  async #race(gameId: string, game: Game, history: readonly RecordedEvent[], line: string): Promise<void> {
    if (game.status !== 'in progress') {
      this.#refuse('A race needs a game in which it is somebody\u2019s turn.');
      return;
    }
    const [, one = 'D', two = 'E'] = line.toUpperCase().split(/\s+/);
    const player = game.nextPlayer;
    const moveTo = (column: string): GameCommand => ({ type: 'MakeMove', data: { player, column } });
    this.#conversation.say(drawRace(player, [one, two], await race(gameId, history, [moveTo(one), moveTo(two)])));
  }

  /** @returns whether the command was accepted; if not, the players have been told why */
  async #send(gameId: string, command: GameCommand): Promise<boolean> {
    try {
      await handle(this.#store, gameId, command);
      return true;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.#refuse(printable(error.message));
      return false;
    }
  }

  async #show(gameId: string): Promise<void> {
    const { game } = await loadGame(this.#store, gameId);
    this.#conversation.say(`\n${drawGame(game, this.#conversation.colors)}`);
  }

  #refuse(sentence: string): void {
    this.#refusals += 1;
    this.#conversation.say(this.#conversation.colors.magenta(sentence));
  }
}

function isRefusal(error: unknown): error is Error {
  return error instanceof DomainError || error instanceof OvertakenError || error instanceof WrongExpectedRevisionError;
}
