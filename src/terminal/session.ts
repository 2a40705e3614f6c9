import { causedBy, chainOf, newCause } from '../application/cause.ts';
import { handle, loadGame } from '../application/game-commands.ts';
import { newGameId } from '../application/game-id.ts';
import { OvertakenError } from '../application/overtaken-error.ts';
import { problemOfName } from '../application/player-name.ts';
import type { HandleCommand, Sender } from '../application/sender.ts';
import { DomainError, type Game, type GameCommand } from '../domain/index.ts';
import {
  EventStoreUnavailableError,
  WrongExpectedRevisionError,
  type EventStore,
  type RecordedEvent,
} from '../event-store/event-store.ts';
import { observeCommand } from '../observe.ts';
import { noRace, race } from '../race.ts';
import { printable, type Conversation } from './console.ts';
import { drawChain, drawGame, drawHistory, drawRace, help, promptFor, whyNoUndo } from './draw-game.ts';

/** Until exercise 4, `handle` takes no sender. */
const handleSent: HandleCommand = handle;

/** How a session ended: with which open game, and how many lines were refused or not understood. */
export type SessionResult = { readonly gameId: string | undefined; readonly refusals: number };

/** A game with this id does not exist. */
export class UnknownGameError extends Error {
  override readonly name = 'UnknownGameError';

  constructor(gameId: string) {
    super(`There is no game "${printable(gameId)}" in this event store.`);
  }
}

/** People at one terminal, who play one game after another. */
export class Session {
  readonly #store: EventStore;
  readonly #conversation: Conversation;
  #gameId: string | undefined;
  #refusals = 0;

  constructor(store: EventStore, conversation: Conversation) {
    this.#store = store;
    this.#conversation = conversation;
  }

  /**
   * @param gameId the game to continue; default: a new one
   * @throws UnknownGameError, and every error of the store that ends the session
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
    this.#gameId = gameId;
    await this.#show(gameId);
  }

  /** @returns false when there are no more lines */
  async #startGame(): Promise<boolean> {
    const { colors, say } = this.#conversation;
    for (;;) {
      const playerOne = await this.#askName('Player one (yellow): ');
      const playerTwo = playerOne === undefined ? undefined : await this.#askName('Player two (red):    ', playerOne);
      if (playerOne === undefined || playerTwo === undefined) return false;
      const gameId = newGameId();
      if (await this.#send(gameId, { type: 'StartGame', data: { playerOne, playerTwo } })) {
        this.#gameId = gameId;
        say(`\nThis is game ${colors.bold(gameId)}. Type the letter of a column to drop a token there, or "help".`);
        await this.#show(gameId);
        return true;
      }
    }
  }

  /** Asks until the name is valid. @returns `undefined` when there are no more lines */
  async #askName(question: string, other?: string): Promise<string | undefined> {
    for (;;) {
      const name = await this.#conversation.ask(question);
      const problem = name === undefined ? undefined : problemOfName(name, other);
      if (problem === undefined) return name;
      this.#refuse(problem);
    }
  }

  /** A person can wait until the store is available again; a script cannot. */
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
        await this.#showHistory(gameId, argument === '--why');
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
        if (word.length === 1) await this.#move(gameId, game, history, word.toUpperCase());
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

  /** @param history what the players have seen. A move is refused when anything newer is stored */
  async #move(gameId: string, game: Game, history: readonly RecordedEvent[], column: string): Promise<void> {
    const player = game.status === 'in progress' ? game.nextPlayer : '';
    const lastSeen = history.at(-1)?.revision ?? 'no_stream';
    if (await this.#send(gameId, { type: 'MakeMove', data: { player, column } }, { lastSeen })) {
      await this.#show(gameId);
    }
  }

  async #race(gameId: string, game: Game, history: readonly RecordedEvent[], line: string): Promise<void> {
    if (game.status !== 'in progress') {
      this.#refuse(noRace);
      return;
    }
    const [, one = 'D', two = 'E'] = line.toUpperCase().split(/\s+/);
    const { racers, appended } = await race({ gameId, history, player: game.nextPlayer, columns: [one, two] });
    this.#conversation.say(drawRace(racers, appended));
  }

  /** @returns whether the command was accepted. If not, the players have been told why */
  async #send(gameId: string, command: GameCommand, sender: Sender = {}): Promise<boolean> {
    try {
      await observeCommand({ type: command.type, gameId }, () =>
        handleSent(causedBy(this.#store, newCause()), gameId, command, sender),
      );
      return true;
    } catch (error) {
      if (error instanceof WrongExpectedRevisionError) await this.#showMissed(gameId, sender);
      else if (error instanceof DomainError || error instanceof OvertakenError) this.#refuse(printable(error.message));
      else throw error;
      return false;
    }
  }

  async #showMissed(gameId: string, { lastSeen }: Sender): Promise<void> {
    const { history } = await loadGame(this.#store, gameId);
    this.#refuse('Somebody else has played this game in the meantime. This is what happened:');
    this.#conversation.say(
      drawHistory(history.filter(({ revision }) => typeof lastSeen !== 'bigint' || revision > lastSeen)),
    );
    await this.#show(gameId);
  }

  /** @param why whether to show what led to the game, too */
  async #showHistory(gameId: string, why: boolean): Promise<void> {
    const { history } = await loadGame(this.#store, gameId);
    const [start] = history;
    if (why && start !== undefined) this.#conversation.say(drawChain(await chainOf(this.#store, start)));
    this.#conversation.say(drawHistory(history));
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
