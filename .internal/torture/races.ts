import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { inFolder } from './folder.ts';
import type { Ordeal } from './ordeal.ts';

/** Two processes append at the same revision. One has to win, and both have to know which. */
export const races: Ordeal = {
  name: 'races',
  what: 'two processes race for one revision (SQLite)',
  times: { whole: 10_000, short: 500 },
  run: (times, tick) =>
    inFolder(async (folder) => {
      const file = join(folder, 'events.db');
      const racers = await Promise.all([startRacer(file, 'one'), startRacer(file, 'other')]);
      const claims: (readonly string[])[] = [];
      for (let race = 0; race < times; race += 1) {
        const inTurn = race % 2 === 0 ? racers : racers.toReversed();
        const won = await Promise.all(inTurn.map(async (racer) => ((await racer.race(race)) ? [racer.name] : [])));
        claims.push(won.flat());
        tick();
      }
      for (const { end } of racers) end();
      const store = new SqliteEventStore(file);
      const events = await store.readStream('race');
      await store.close();
      const lost = claims.flatMap((names, race) => {
        const winner = events[race]?.data;
        if (names.length === 1 && winner === names[0]) return [];
        return [`revision ${race} was won by ${names.join(' and ') || 'nobody'}, and has ${JSON.stringify(winner)}`];
      });
      if (events.length !== times) lost.push(`${events.length} events are stored, and not ${times}`);
      const wins = racers.map(({ name }) => claims.filter((names) => names.includes(name)).length);
      return { tried: times, lost, note: `won ${wins.join(' to ')}` };
    }),
};

async function startRacer(file: string, name: string) {
  const child = fork(join(import.meta.dirname, 'racer.ts'), [`sqlite:${file}`, name], {
    execArgv: ['--import', 'tsx'],
  });
  await once(child, 'message');
  return {
    name,
    race: async (revision: number) => {
      child.send(revision);
      const [hasWon] = (await once(child, 'message')) as [boolean];
      return hasWon;
    },
    end: () => child.kill(),
  };
}
