import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { handle } from '../../src/application/game-commands.ts';
import { openStore } from '../../src/open-store.ts';
import { openPeople } from '../../src/privacy/open-people.ts';
import { findPerson, forget } from '../../src/privacy/people.ts';
import { openParts } from '../../src/web/server/parts.ts';
import { move } from '../support/example-moves.ts';
import { startBy } from '../support/examples.ts';
import { expectAccessible } from './accessible.ts';
import { describeInBrowser } from './chromium.ts';
import { builtPage, serve, serveThePage } from './client.ts';
import { expectText } from './game-page.ts';

/** A server whose events are in a file, with a game of Annabel and Bob, and its people. */
async function serveClub() {
  const folder = mkdtempSync(join(tmpdir(), 'people-'));
  const url = `sqlite:${join(folder, 'club.db')}`;
  const store = await openStore(url);
  await handle(store, 'g1', startBy('Annabel', 'Bob'));
  await handle(store, 'g1', move('Annabel', 'D'));
  const server = await serve(store, {
    page: await builtPage(),
    parts: (signal) => openParts({ store, url, signal }),
  });
  onTestFinished(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { url: server.url, people: openPeople(url) };
}

describeInBrowser('the page of the people', (openPage) => {
  test('it shows events as they are stored and as they are read, and a forgotten player', async () => {
    const { url, people } = await serveClub();
    const page = await openPage(`${url}/people`);
    const ann = findPerson(people, 'Annabel') ?? '';
    await expectText(page.locator('#people'), `Annabel${ann} has a key`);
    const moved = page.locator('#events li').first();
    await expectText(moved, `Stored {"player":{"person":"${ann}"},"column":"D"}`);
    await expectText(moved, 'Read {"player":"Annabel","column":"D"}');
    forget(people, ann, new Date(), () => undefined);
    await expectText(page.locator('#people'), `a forgotten player (${ann})`);
    await expectText(moved, `"player":"a forgotten player (${ann})"`);
    expect(await page.locator('main').innerText()).not.toContain('Annabel');
    await expectAccessible(page);
    const game = await openPage(`${url}/games/g1`);
    await expectText(game.locator('.players'), `a forgotten player (${ann})`);
    await expectText(game.locator('.players'), 'Bob');
    await expectAccessible(game);
  });

  test('without people, it says so', async () => {
    const { url } = await serveThePage();
    const page = await openPage(`${url}/people`, { viewport: { width: 360, height: 740 } });
    await expectText(page.locator('#events'), 'Nothing yet.');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });
});
