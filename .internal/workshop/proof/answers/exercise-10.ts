import { mistakesIn, type Answers } from './answer.ts';

const breakEvenFile = 'src/careers/break-even.ts';
const snapshotFile = 'src/careers/snapshot.ts';
const loadFile = 'src/careers/load-career.ts';
const appendFile = 'src/careers/append-to-career.ts';
const seasonsFile = 'src/careers/seasons.ts';

const inBreakEven = mistakesIn(breakEvenFile);
const inSnapshot = mistakesIn(snapshotFile);
const inLoad = mistakesIn(loadFile);
const inAppend = mistakesIn(appendFile);
const inSeasons = mistakesIn(seasonsFile);

const costs = 'const withSnapshots = read + write / every + ((every - 1) / 2) * event;';
const rounds = 'const events = Math.floor(withSnapshots / event) + 1;';
const limits = 'return events <= longest ? events : undefined;';

const takes = 'return { version: careerVersion, revision: String(revision), eventId: id, career };';
const parses = 'return snapshotSchema.safeParse(snapshots.get(stream)).data;';
const reads = `  try {
    ${parses}
  } catch {
    return undefined; // the file cannot be read: the events can
  }`;
const version = 'version: z.literal(careerVersion),';
const checkedCareer = 'career: careerSchema,\n});';
const checkedRevision = 'revision: z.string().regex(/^\\d{1,18}$/),';

const finds = 'const snapshot = readSnapshot(snapshots, stream);';
const readsOn = 'const [own, ...later] = await store.readStream(stream, { fromRevision: BigInt(snapshot.revision) });';
const owns = 'if (own?.id === snapshot.eventId) {';
const folds = 'return { career: foldCareer(later, snapshot.career), last: later.at(-1) ?? own, folded: later.length };';
const all = 'const events = await store.readStream(stream);';
const whole = 'return { career: foldCareer(events), last: events.at(-1), folded: events.length };';

const appends =
  "const revision = await store.appendToStream(stream, [game], { expectedRevision: last?.revision ?? 'no_stream' });";
const when = 'if (folded + 1 < snapshotEvery) return;';
const writes = 'snapshots.set(stream, snapshotOf(evolveCareer(career, game), { revision, id: game.id }));';
const guarded = `  try {
    ${writes}
  } catch {
    // The game is stored. The next append tries again.
  }`;

const nothing = 'if (first === undefined || last === undefined) return;';
const closesOnce = "if (last.type !== 'SeasonClosed') {";
const openedId = "id: uuidFrom('SeasonOpened', first.id)";
const closes = 'await store.appendToStream(stream, [closed], { expectedRevision: last.revision });';
const balance = 'data: { balance: foldCareer(events) }';
const opens =
  "await store.appendToStream(seasonStream(year + 1, player), [opened], { expectedRevision: 'no_stream' });";

export const answers: Answers = {
  wrong: [
    inBreakEven('10.1', 'the write costs nothing', [costs, costs.replace('write / every', '0')]),
    inBreakEven('10.1', 'each append pays the whole write', [costs, costs.replace('write / every', 'write')]),
    inBreakEven('10.1', 'nothing comes after the snapshot', [costs, costs.replace(' + ((every - 1) / 2) * event', '')]),
    inBreakEven('10.1', 'a load folds all events since the last snapshot but one', [
      costs,
      costs.replace('((every - 1) / 2)', '(every - 1)'),
    ]),
    inBreakEven('10.1', 'the read is forgotten', [costs, costs.replace('read + ', '')]),
    inBreakEven('10.1', 'the same time counts as a saving', [
      rounds,
      'const events = Math.ceil(withSnapshots / event);',
    ]),
    inBreakEven('10.1', 'the longest stream is ignored', [limits, 'return events;']),
    inBreakEven('10.1', 'the longest stream itself never pays', [limits, limits.replace('<=', '<')]),

    inSnapshot('10.2', 'the revision is missing', [
      takes,
      takes.replace('revision: String(revision), ', "revision: '', "),
    ]),
    inSnapshot('10.2', 'the revision is a number, which is rounded', [
      takes,
      takes.replace('String(revision)', 'String(Number(revision))'),
    ]),
    inSnapshot('10.2', 'the revision is that of the next event', [
      takes,
      takes.replace('String(revision)', 'String(revision + 1n)'),
    ]),
    inSnapshot('10.2', 'the snapshot has an id of its own', [
      takes,
      takes.replace('eventId: id', 'eventId: crypto.randomUUID()'),
    ]),
    inSnapshot('10.2', 'the version is forgotten', [takes, takes.replace('version: careerVersion', 'version: 0')]),
    inSnapshot('10.2', 'the version is that of the games', [
      takes,
      takes.replace('version: careerVersion', 'version: career.won'),
    ]),
    inSnapshot('10.2', 'the last games are left out, to save space', [
      takes,
      takes.replace('eventId: id, career', 'eventId: id, career: { ...career, recent: [] }'),
    ]),

    inLoad('10.3', 'the snapshot and all events: what is in it counts twice', [
      folds,
      'const everything = await store.readStream(stream);\n      return { career: foldCareer(everything, snapshot.career), last: everything.at(-1), folded: later.length };',
    ]),
    inLoad('10.3', 'the last event of the snapshot counts twice', [
      folds,
      folds.replace('foldCareer(later, snapshot.career)', 'foldCareer([own, ...later], snapshot.career)'),
    ]),
    inLoad('10.3', 'the first event after the snapshot is skipped', [
      folds,
      folds.replace('foldCareer(later, snapshot.career)', 'foldCareer(later.slice(1), snapshot.career)'),
    ]),
    inLoad('10.3', 'only the events after the snapshot are folded', [
      folds,
      folds.replace('foldCareer(later, snapshot.career)', 'foldCareer(later)'),
    ]),
    inLoad('10.3', 'the snapshot is the truth', [folds, 'return { career: snapshot.career, last: own, folded: 0 };']),
    inLoad('10.3', 'the snapshot is never used', [owns, 'if (own?.id === snapshot.eventId && Date.now() < 0) {']),
    inLoad('10.3', 'the last event is forgotten when none came after the snapshot', [
      folds,
      folds.replace(' ?? own', ''),
    ]),
    inLoad('10.3', 'all events are read, and those of the snapshot left out', [
      readsOn,
      'const everything = await store.readStream(stream);\n    const [own, ...later] = everything.slice(Number(snapshot.revision));',
    ]),
    inLoad('10.3', 'the events in the snapshot count as folded', [
      folds,
      folds.replace('folded: later.length', 'folded: later.length + Number(snapshot.revision) + 1'),
    ]),
    inLoad(
      '10.3',
      'careers are kept in a variable of the module',
      [finds, `const known = cache.get(stream);\n  if (known !== undefined) return known;\n  ${finds}`],
      [
        whole,
        `const loaded = { career: foldCareer(events), last: events.at(-1), folded: events.length };\n  cache.set(stream, loaded);\n  return loaded;`,
      ],
      ['export type LoadedCareer', 'const cache = new Map<string, LoadedCareer>();\n\nexport type LoadedCareer'],
    ),
    inLoad(
      '10.3',
      'a store that is away counts as an empty stream',
      [all, 'const events = await store.readStream(stream).catch(() => []);'],
      [
        readsOn,
        readsOn.replace(
          'await store.readStream(stream, { fromRevision: BigInt(snapshot.revision) })',
          'await store.readStream(stream, { fromRevision: BigInt(snapshot.revision) }).catch(() => [])',
        ),
      ],
    ),
    inLoad('10.3', 'the stream of every player whose name begins the same', [
      'const stream = careerStream(player);',
      'const stream = careerStream(player.slice(0, 4));',
    ]),

    inSnapshot('10.4', 'the version is not checked', [version, 'version: z.unknown().transform(() => careerVersion),']),
    inSnapshot('10.4', 'an older version is good enough', [version, 'version: z.int().max(careerVersion),']),
    inSnapshot('10.4', 'a newer version is good enough', [version, 'version: z.int().min(careerVersion),']),
    inSnapshot('10.4', 'the state is not checked', [
      checkedCareer,
      'career: z.unknown().transform((found) => found as Career),\n});',
    ]),
    inSnapshot('10.4', 'the state only has to be an object', [
      checkedCareer,
      'career: z.looseObject({}).transform((found) => found as unknown as Career),\n});',
    ]),
    inSnapshot('10.4', 'the revision is not checked', [checkedRevision, 'revision: z.string(),']),
    inSnapshot('10.4', 'a damaged snapshot is reported', [
      reads,
      '  const found = snapshots.get(stream);\n  return found === undefined ? undefined : snapshotSchema.parse(found);',
    ]),
    inSnapshot('10.4', 'a file that cannot be read is reported', [reads, `  ${parses}`]),
    inLoad('10.4', 'the event of the snapshot is not looked at', [owns, 'if (own !== undefined) {']),
    inLoad('10.4', 'a snapshot ahead of its stream is used', [
      owns,
      'if (own === undefined) return { career: snapshot.career, last: undefined, folded: 0 };\n    if (own.id === snapshot.eventId) {',
    ]),
    inLoad('10.4', 'a snapshot ahead of its stream is an error', [
      owns,
      "if (own?.id !== snapshot.eventId) throw new Error('The snapshot is not of this stream.');\n    else {",
    ]),
    inLoad('10.4', 'the event of the snapshot gets a read of its own', [
      readsOn,
      'const [own] = await store.readStream(stream, { fromRevision: BigInt(snapshot.revision), maxCount: 1 });\n    const later = await store.readStream(stream, { fromRevision: BigInt(snapshot.revision) + 1n });',
    ]),

    inAppend('10.5', 'only each hundredth event makes a snapshot', [
      'if (folded + 1 < snapshotEvery) return;',
      'if (revision % 100n !== 99n) return;',
    ]),
    inAppend('10.5', 'there is a snapshot at each event', [when, '']),
    inAppend('10.5', 'there is never a snapshot', [when, 'if (folded >= 0) return;']),
    inAppend(
      '10.5',
      'the snapshot is written before the append',
      [
        appends,
        `const revision = (last?.revision ?? -1n) + 1n;
  if (folded + 1 >= snapshotEvery) snapshots.set(stream, snapshotOf(evolveCareer(career, game), { revision, id: game.id }));
  await store.appendToStream(stream, [game], { expectedRevision: last?.revision ?? 'no_stream' });`,
      ],
      [guarded, ''],
    ),
    inAppend('10.5', 'the append is not awaited', [
      appends,
      "void store.appendToStream(stream, [game], { expectedRevision: last?.revision ?? 'no_stream' }).catch(() => undefined);\n  const revision = (last?.revision ?? -1n) + 1n;",
    ]),
    inAppend('10.5', 'a full disk breaks the append', [guarded, `  ${writes}`]),
    inAppend('10.5', 'the snapshot lacks the game', [writes, writes.replace('evolveCareer(career, game)', 'career')]),
    inAppend('10.5', 'the snapshot names the event before the game', [
      writes,
      writes.replace('{ revision, id: game.id }', '{ revision: revision - 1n, id: game.id }'),
    ]),
    inAppend('10.5', 'the snapshot is of the state before, with the end of the stream as its revision', [
      writes,
      writes
        .replace('evolveCareer(career, game)', 'career')
        .replace('{ revision, id: game.id }', '{ revision, id: last?.id ?? game.id }'),
    ]),
    inAppend('10.5', 'the snapshot is written under the name of the player', [
      writes,
      writes.replace('set(stream', 'set(player'),
    ]),
    inAppend('10.5', 'all players share a snapshot', [writes, writes.replace('set(stream', "set('career-latest'")]),
    inAppend('10.5', 'the game is appended whatever came meanwhile', [
      appends,
      appends.replace("last?.revision ?? 'no_stream'", "'any'"),
    ]),
    inAppend('10.5', 'a refused append is ignored', [
      appends,
      appends.replace("'no_stream' });", "'no_stream' }).catch(() => (last?.revision ?? 0n) + 1n);"),
    ]),
    inAppend('10.5', 'the snapshot is an event of the stream', [
      writes,
      "await store.appendToStream(stream, [{ id: crypto.randomUUID(), type: 'SeasonOpened', data: { balance: evolveCareer(career, game) } }], { expectedRevision: revision });\n    " +
        writes,
    ]),

    inSeasons('10.6', 'the books are not closed', [closes, 'void closed;']),
    inSeasons('10.6', 'closed books are closed again', [closesOnce, 'if (year > 0) {']),
    inSeasons('10.6', 'the beginning has another id each time', [openedId, 'id: crypto.randomUUID()']),
    inSeasons('10.6', 'the new books are opened first', [
      closesOnce,
      "const early = { id: uuidFrom('SeasonOpened', first.id), type: 'SeasonOpened', data: { balance: foldCareer(events) } };\n  await store.appendToStream(seasonStream(year + 1, player), [early], { expectedRevision: 'no_stream' });\n  if (last.type !== 'SeasonClosed') {",
    ]),
    inSeasons('10.6', 'closed books end the work', [
      nothing,
      "if (first === undefined || last === undefined || last.type === 'SeasonClosed') return;",
    ]),
    inSeasons('10.6', 'the books are closed whatever came meanwhile', [
      closes,
      closes.replace('last.revision', "'stream_exists'"),
    ]),
    inSeasons('10.6', 'a game that came meanwhile is ignored', [
      closes,
      closes.replace('});', '}).catch(() => undefined);'),
    ]),
    inSeasons('10.6', 'the balance counts the games alone', [
      balance,
      balance.replace('foldCareer(events)', "foldCareer(events.filter(({ type }) => type === 'GamePlayed'))"),
    ]),
    inSeasons('10.6', 'the balance is that of the beginning', [balance, balance.replace('events', '[first]')]),
    inSeasons('10.6', 'the balance counts the games twice', [
      balance,
      balance.replace(
        'foldCareer(events)',
        "foldCareer(events.filter(({ type }) => type === 'GamePlayed'), foldCareer(events))",
      ),
    ]),
    inSeasons('10.6', 'the same year is opened again', [opens, opens.replace('year + 1', 'year')]),
    inSeasons(
      '10.6',
      'the new books are opened again each time',
      [opens, opens.replace("'no_stream'", "'any'")],
      [openedId, 'id: crypto.randomUUID()'],
    ),
    inSeasons('10.6', 'books that do not exist are opened', [
      nothing,
      "if (first === undefined || last === undefined) {\n    const empty = { id: uuidFrom(String(year), '0b1f2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d'), type: 'SeasonOpened', data: { balance: foldCareer([]) } };\n    await store.appendToStream(seasonStream(year + 1, player), [empty], { expectedRevision: 'any' });\n    return;\n  }",
    ]),
  ],
  right: [
    { kind: 'a loop that tries each length', files: { [breakEvenFile]: '10-loop.ts.txt' } },
    { kind: 'a snapshot that is checked by hand', files: { [snapshotFile]: '10-by-hand.ts.txt' } },
    { kind: 'a load whose steps are functions, with a promise chain', files: { [loadFile]: '10-chain.ts.txt' } },
    {
      kind: 'a load with a loop, and a function of its own that keeps snapshots',
      files: { [loadFile]: '10-reduce.ts.txt', [appendFile]: '10-keep.ts.txt' },
    },
    {
      kind: 'books that are closed again after a conflict, with ids from a hash',
      files: { [seasonsFile]: '10-retry.ts.txt' },
    },
    { kind: 'a class that keeps the books', files: { [seasonsFile]: '10-class.ts.txt' } },
  ],
};
