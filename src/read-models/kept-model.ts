import { ModelError, openModel, type Model } from './model.ts';

/** A model that a program keeps open. */
export type KeptModel = {
  readonly model: Model;
  readonly file: string;
  /** Why the model is in memory, and not in its file. */
  readonly trouble?: string;
};

/**
 * Opens a model. If its file cannot be used, the model is in memory, so that a program goes on: its
 * rows are folded from the events again.
 */
export function keepModel(file: string, version = 1): KeptModel {
  try {
    return { file, model: openModel(file, version) };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const trouble = `${error.message} Until then, it is kept in memory.`;
    return { file: ':memory:', model: openModel(':memory:'), trouble };
  }
}
