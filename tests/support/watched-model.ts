import type { Model, Table } from '../../src/read-models/model.ts';

/** What is done around the writes of a model. */
export type Watch = {
  /** Called before a row or the checkpoint is written. */
  readonly beforeWrite: () => void;
  /** Called before everything is removed. */
  readonly beforeClear: () => void;
  /** Does the work of a transaction, and may do more. */
  readonly inTransaction: <Result>(work: () => Result) => Result;
};

/** The same model. Its writes can be watched, and refused. */
export function watchedModel(model: Model, { beforeWrite, beforeClear, inTransaction }: Watch): Model {
  return {
    get checkpoint() {
      return model.checkpoint;
    },
    set checkpoint(event) {
      beforeWrite();
      model.checkpoint = event;
    },
    table: <Row extends object>(name: string): Table<Row> => {
      const table = model.table<Row>(name);
      return {
        get: (key) => table.get(key),
        values: () => table.values(),
        set: (key, row) => {
          beforeWrite();
          table.set(key, row);
        },
        delete: (key) => {
          beforeWrite();
          table.delete(key);
        },
      };
    },
    transaction: (work) => model.transaction(() => inTransaction(work)),
    changed: (signal) => model.changed(signal),
    clear: () => {
      beforeClear();
      model.clear();
    },
    close: () => {
      model.close();
    },
  };
}
