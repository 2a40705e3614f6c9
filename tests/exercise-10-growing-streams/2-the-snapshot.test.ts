import { careerStream, foldCareer } from '../../src/careers/career.ts';
import { careerVersion } from '../../src/careers/career-schema.ts';
import { snapshotOf } from '../../src/careers/snapshot.ts';
import { anyResults, expectCareer, gamePlayed, storeWithCareers } from '../support/careers.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { forAllAsync } from '../support/for-all.ts';
import { frozen } from '../support/frozen.ts';
import { lastOf } from '../support/logs.ts';
import { step } from '../support/step.ts';

const at = () => placeOf('src/careers/snapshot.ts', 'snapshotOf');

step('10.2', 'a snapshot has the state, and names the last event that is in it', () =>
  forAllAsync(anyResults, async (results) => {
    const played = results.map((result, number) => gamePlayed(number, result));
    const events = await (await storeWithCareers({ Alice: played })).readStream(careerStream('Alice'));
    const last = lastOf(events);
    const career = foldCareer(events);
    const snapshot = snapshotOf(frozen(career), frozen(last));
    expectCareer(snapshot.career, career, `A snapshot was taken of a career of ${results.length} games.`, at());
    expectField('revision', snapshot.revision, String(last.revision));
    expectField('eventId', snapshot.eventId, last.id);
    expectField('version', snapshot.version, careerVersion);
  }),
);

step('10.2', 'a snapshot is JSON: what is read again is the same', () => {
  for (const revision of [0n, 7n, 9_007_199_254_740_993n]) {
    const career = foldCareer([]);
    const snapshot = snapshotOf(career, { revision, id: '0b1f2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d' });
    const again = JSON.parse(JSON.stringify(snapshot)) as typeof snapshot;
    expectField('revision', again.revision, String(revision));
    expectCareer(again.career, career, 'The snapshot was written as JSON and read again.', at());
  }
});

function expectField(name: string, actual: unknown, wanted: unknown): void {
  if (actual === wanted) return;
  throw new WrongAnswerError(
    `The ${name} of the snapshot must be ${JSON.stringify(wanted)}, but is ${typeof actual === 'bigint' ? `${actual}n` : JSON.stringify(actual)}.`,
    at(),
  );
}
