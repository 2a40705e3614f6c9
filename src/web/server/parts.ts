import { keepModel, type KeptModel } from '../../read-models/kept-model.ts';
import { leaseFileOf } from '../../read-models/lease.ts';
import { leaderboard } from '../../read-models/leaderboard.ts';
import { openGames } from '../../read-models/open-games.ts';
import { openings } from '../../read-models/openings.ts';
import type { Projection } from '../../read-models/projection.ts';
import { readModelFile, stateFile } from '../../read-models/state-file.ts';
import { announcing } from '../../subscriptions/announcing.ts';
import { SubscriberHost, type Hosted } from '../../subscriptions/host.ts';
import { noticeFile, noticesInMemory } from '../../subscriptions/notice-file.ts';
import { projecting } from '../../subscriptions/projecting.ts';
import type { Subscriber } from '../../subscriptions/subscriber.ts';
import { tickEveryMinute } from '../../tournament/tick-every-minute.ts';
import { tournamentProcess } from '../../tournament/tournament-process.ts';
import { openFurther } from './further-parts.ts';
import { observeSubscriber } from './observe-subscriber.ts';
import type { Part, PartContext } from './part.ts';
import { openIntegration } from './published-part.ts';
import { readModelsPart } from './read-models-part.ts';
import { subscribersPart } from './subscribers-part.ts';
import { tournamentsPart } from './tournaments-part.ts';

/** What the server offers beyond games. */
export async function openParts(context: PartContext): Promise<readonly Part[]> {
  const { store, url, signal } = context;
  const readModel = (projection: Projection) => {
    return { projection, ...keepModel(readModelFile(url, projection), projection.version) };
  };
  const models = {
    openGames: readModel(openGames),
    leaderboard: readModel(leaderboard),
    openings: readModel(openings),
  };
  const board = url === 'memory:' ? noticesInMemory() : noticeFile(stateFile(url, 'subscribers', 'notices', 'txt'));
  const integration = await openIntegration(context);
  const further = openFurther(context);

  const host = new SubscriberHost(store, [
    ...Object.values(models).map((kept) => hosted(projecting(kept.projection, kept.model), kept, true)),
    hosted(announcing(board), keepModel(stateFile(url, 'subscribers', 'announcements')), false),
    hosted(tournamentProcess(store), keepModel(stateFile(url, 'subscribers', 'tournaments')), false),
    hosted(integration.relay, integration.state, false),
    ...further.subscribers,
  ]);
  void host.run(signal);
  tickEveryMinute(store, signal, console.error).catch((error: unknown) => {
    console.error('Tournaments are no longer looked at each minute:', error);
  });
  return [
    readModelsPart(models, (name) => host.troubleOf(name)),
    tournamentsPart(store),
    subscribersPart(host, () => board.sentences()),
    integration.part,
    ...further.parts,
  ];
}

function hosted(subscriber: Subscriber, { model, file, trouble }: KeptModel, isReadModel: boolean): Hosted {
  return {
    subscriber: observeSubscriber(subscriber, isReadModel ? 'projection' : 'process'),
    state: model,
    leaseFile: leaseFileOf(file),
    isReadModel,
    trouble,
  };
}
