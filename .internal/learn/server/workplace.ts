import type { Exercise } from '../../workshop/manifest.ts';
import { findPlace } from '../../workshop/place.ts';
import { readProgress, rememberHints } from '../../workshop/progress.ts';
import type { CommandAnswer, CommandRequest, FileText, PlaceView, SaveRequest, SolutionView } from '../messages.ts';
import { Changes } from './changes.ts';
import { runWorkshop, wordsOf } from './command.ts';
import { readText, saveText } from './files.ts';
import { formatted } from './format.ts';
import { Game } from './game.ts';
import { Live } from './live.ts';
import { readPlace } from './place-view.ts';
import { RefusedError } from './problem.ts';
import { solutionView } from './solution.ts';
import { Tests } from './tests.ts';
import { Types } from './types.ts';

/** All that the page shows of a folder, and all that it can do there. */
export class Workplace {
  readonly root: string;
  readonly live = new Live();
  readonly types: Types;
  readonly tests: Tests;
  readonly game: Game;
  readonly #changes: Changes;
  #place: PlaceView;
  /** A save and a command change files. They take turns. */
  #turn: Promise<unknown> = Promise.resolve();

  /** @param origin returns the origin of the page, when it is known */
  constructor(root: string, origin: () => string) {
    this.root = root;
    this.#place = readPlace(root);
    this.types = new Types(root);
    this.tests = new Tests(root, (view) => {
      this.live.tell('run', view);
      if (view.state === 'done') this.#lookAround(); // the progress has changed
    });
    this.game = new Game(root, origin, (view) => {
      this.live.tell('game', view);
    });
    this.#changes = new Changes(root, () => this.#place.files, {
      onSave: () => {
        this.#runTests();
        void this.game.restart();
      },
      onFile: (path, hash) => {
        this.live.tell('file', { path, hash });
      },
      onMove: () => {
        this.#move();
      },
    });
    this.#runTests();
    void formatted('src/todo.ts', ''); // the first save does not wait for prettier to load
  }

  get place(): PlaceView {
    return this.#place;
  }

  /** @throws RefusedError */
  save(request: SaveRequest): Promise<FileText> {
    return this.#inTurn(async () => {
      const writable = this.#place.files.filter(({ isWritable }) => isWritable).map(({ path }) => path);
      const saved = await saveText(this.root, this.#place.isSolution ? [] : writable, request);
      this.#changes.look();
      return saved;
    });
  }

  command(request: CommandRequest): Promise<CommandAnswer> {
    return this.#workshop(wordsOf(request));
  }

  /** @throws RefusedError */
  solution(step: string | undefined): Promise<SolutionView> {
    return solutionView(this.root, this.#exercise(), step);
  }

  /** Takes the solution over. The learner's own work is kept first. */
  async apply(step: string | undefined): Promise<CommandAnswer> {
    if (step === undefined) return this.#workshop(['solution', '--apply']);
    const { files } = await this.solution(step);
    const changed = files.filter(({ mine, solved }) => mine !== solved);
    for (const { path, mine, solved } of changed) {
      const { text, hash } = readText(this.root, path);
      const base = text.replaceAll('\r\n', '\n') === mine ? hash : ''; // it was saved meanwhile
      await this.save({ path, text: solved, base, format: false });
    }
    const names = changed.map(({ path }) => path).join(', ');
    const output =
      changed.length === 0
        ? `Your code for step ${step} is the same as the solution.`
        : `Taken from the solution of step ${step}: ${names}. Your own text is kept: see "Earlier versions".`;
    return { isDone: true, output };
  }

  /** Remembers that hints were unfolded, so that the terminal goes on behind them. */
  hint(step: string, shown: number): void {
    if ((readProgress(this.root).hints[step] ?? 0) < shown) rememberHints(this.root, step, shown);
    this.#lookAround();
  }

  async close(): Promise<void> {
    this.#changes.close();
    this.live.close();
    this.tests.stop();
    this.types.stop();
    await this.game.stop();
  }

  #workshop(words: readonly string[]): Promise<CommandAnswer> {
    return this.#inTurn(async () => {
      this.tests.stop(); // they read the files that the command exchanges
      const answer = await runWorkshop(this.root, words);
      this.#changes.look();
      this.#move();
      return answer;
    });
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work, work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  #runTests(): void {
    if (this.#place.exercise !== undefined) this.tests.run();
  }

  /** Another exercise may be in the folder. */
  #move(): void {
    const before = this.#place.id;
    this.#lookAround();
    if (this.#place.id !== before) {
      this.tests.stop();
      this.types.stop();
      this.game.look();
      void this.game.restart();
    }
    this.#runTests();
  }

  #lookAround(): void {
    this.#place = readPlace(this.root);
    this.live.tell('place', this.#place);
  }

  #exercise(): Exercise {
    const { exercise } = findPlace(this.root);
    if (exercise === undefined) throw new RefusedError(422, 'no-exercise', 'You are on main, not in an exercise.');
    return exercise;
  }
}
