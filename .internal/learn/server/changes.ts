import { foldersOf } from '../../workshop/folders.ts';
import { stampOfFiles } from '../../workshop/watch/stamp.ts';
import type { FileView } from '../messages.ts';
import { readText } from './files.ts';

type Listener = {
  /** Some file of src or tests was saved, here or elsewhere. */
  readonly onSave: () => void;
  /** A file of the exercise has another content. */
  readonly onFile: (path: string, hash: string) => void;
  /** Another exercise is in the folder. */
  readonly onMove: () => void;
};

/** How often the folder is looked at: other editors and terminals may change it. */
const intervalMs = 300;

/** Notices what changes in the folder. */
export class Changes {
  readonly #root: string;
  readonly #files: () => readonly FileView[];
  readonly #listener: Listener;
  readonly #timer: NodeJS.Timeout;
  #stamp: string;
  #folders: string;
  #hashes = new Map<string, string>();

  constructor(root: string, files: () => readonly FileView[], listener: Listener) {
    this.#root = root;
    this.#files = files;
    this.#listener = listener;
    this.#stamp = stampOfFiles(root);
    this.#folders = foldersOf(root);
    this.#compare(() => undefined);
    this.#timer = setInterval(() => {
      this.look();
    }, intervalMs);
  }

  /** Looks now, and not only with the next interval. */
  look(): void {
    const folders = foldersOf(this.#root);
    if (folders !== this.#folders) {
      this.#folders = folders;
      this.#listener.onMove();
    }
    const stamp = stampOfFiles(this.#root);
    if (stamp === this.#stamp) return;
    this.#stamp = stamp;
    this.#compare(this.#listener.onFile);
    this.#listener.onSave();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #compare(onFile: Listener['onFile']): void {
    for (const { path } of this.#files()) {
      const hash = this.#hashOf(path);
      if (hash !== this.#hashes.get(path)) onFile(path, hash);
      this.#hashes.set(path, hash);
    }
  }

  #hashOf(path: string): string {
    try {
      return readText(this.#root, path).hash;
    } catch {
      return ''; // it was deleted
    }
  }
}
