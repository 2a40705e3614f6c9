import { foldersOf } from '../folders.ts';
import type { Exercise } from '../manifest.ts';
import { findPlace } from '../place.ts';
import { stampOfFiles } from './stamp.ts';
import { TestProgram } from './tests.ts';

type Screen = {
  readonly say: (text: string) => void;
  /** Called when a run was shown. */
  readonly onShown: () => void;
};

/**
 * Decides when the tests run. The test program sees saves itself. This restarts it when it has
 * hung, and when another terminal has switched to another exercise.
 */
export class Watcher {
  readonly #root: string;
  readonly #screen: Screen;
  readonly #tests: TestProgram;
  #timer: NodeJS.Timeout | undefined;
  #folders = '';
  #exercise: Exercise | undefined;
  /** The save stamp at the start of the last run. */
  #stamp = '';
  #isLooking = false;

  constructor(root: string, screen: Screen) {
    this.#root = root;
    this.#screen = screen;
    this.#tests = new TestProgram({
      onBegin: () => {
        this.#stamp = stampOfFiles(root);
      },
      onEnd: screen.onShown,
      onStop: (hung) => {
        const why = hung ? '' : 'The tests have stopped. The output above may say why. ';
        screen.say(`${why}They start again as soon as you save.`);
        screen.onShown();
      },
    });
  }

  start(): void {
    this.#folders = foldersOf(this.#root);
    this.#exercise = findPlace(this.#root).exercise;
    this.#stamp = stampOfFiles(this.#root);
    const what = this.#exercise === undefined ? 'main' : `exercise ${this.#exercise.number}, ${this.#exercise.title}`;
    this.#screen.say(`The tests of ${what} are starting. The first run takes a moment.`);
    this.#tests.start();
    this.#timer ??= setInterval(() => {
      if (this.#isLooking) return;
      this.#isLooking = true;
      void this.#look().finally(() => {
        this.#isLooking = false;
      });
    }, 500);
  }

  runAll(): void {
    this.#tests.runAll();
  }

  /** Stops the tests while another task uses the folder and the screen, then restarts them. */
  async pause(work: () => Promise<void>): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#tests.stop();
    try {
      await work();
    } finally {
      this.start();
    }
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#tests.stop();
  }

  async #look(): Promise<void> {
    const folders = foldersOf(this.#root);
    if (folders !== this.#folders) {
      this.#folders = folders;
      await this.#lookWhere();
    }
    if (!this.#tests.isRunning && stampOfFiles(this.#root) !== this.#stamp) this.start();
  }

  async #lookWhere(): Promise<void> {
    const { exercise } = findPlace(this.#root);
    if (exercise?.number === this.#exercise?.number) return;
    await this.#tests.stop();
    this.#screen.say(exercise === undefined ? 'You are on main now.' : `You are in exercise ${exercise.number} now.`);
    this.start();
  }
}
