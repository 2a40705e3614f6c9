import type { KeptModel } from '../../read-models/kept-model.ts';
import { standingsIn } from '../../read-models/leaderboard.ts';
import type { Tables } from '../../read-models/model.ts';
import { openGamesIn } from '../../read-models/open-games.ts';
import { openingsIn } from '../../read-models/openings.ts';
import type { Projection } from '../../read-models/projection.ts';
import type { ReadModelsView, ViewOf } from '../read-models-messages.ts';
import { viewsOf, type Part } from './part.ts';

/** The most rows of a view. */
const mostRows = 50;

/** The read models that the page shows. */
export type ReadModels = { readonly [Name in keyof ReadModelsView]: KeptReadModel };
type KeptReadModel = KeptModel & { readonly projection: Projection };

/**
 * The open games, the leaderboard, and the openings.
 *
 * @param troubleOf why a read model with this name does not change now
 */
export function readModelsPart(models: ReadModels, troubleOf: (name: string) => string | undefined): Part {
  const { openGames, leaderboard, openings } = models;
  const kept = [openGames, leaderboard, openings];
  const view = (): ReadModelsView => ({
    openGames: viewOf(openGames, openGamesIn),
    leaderboard: viewOf(leaderboard, standingsIn),
    openings: viewOf(openings, openingsIn),
  });
  return {
    name: 'read-models',
    follow: (signal) => viewsOf(view, (ended) => anyChange(ended), signal),
  };

  function viewOf<Row>(one: KeptReadModel, rowsIn: (tables: Tables) => readonly Row[]): ViewOf<Row> {
    const { model, projection, trouble = troubleOf(projection.name) } = one;
    const position = model.checkpoint?.position;
    return {
      rows: rowsIn(model).slice(0, mostRows),
      position: position === undefined ? null : String(position),
      trouble: trouble ?? null,
    };
  }

  /** The first change of any of the models, or a second: trouble comes without a change. */
  async function anyChange(signal: AbortSignal): Promise<void> {
    const looked = new AbortController();
    const ended = AbortSignal.any([signal, looked.signal, AbortSignal.timeout(1000)]);
    await Promise.race(kept.map(({ model }) => model.changed(ended)));
    looked.abort();
  }
}
