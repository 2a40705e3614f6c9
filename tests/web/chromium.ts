import { existsSync } from 'node:fs';

import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

/** Where Chromium, and the browsers that are made from it, usually are. */
const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The browser of this machine: the one that CHROMIUM_PATH names, or one in the usual places. */
export const chromiumPath = [process.env['CHROMIUM_PATH'] ?? '', ...usualPaths.filter((path) => existsSync(path))].find(
  (path) => path !== '',
);

/** Starts the browser. */
export function launchChromium(): Promise<Browser> {
  // As root, as in a container, Chromium does not start with its sandbox.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  // Playwright switches off the cache from which people go back.
  const ignoreDefaultArgs = ['--disable-back-forward-cache'];
  return chromium.launch({
    args,
    ignoreDefaultArgs,
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
  });
}

/**
 * Describes tests that share a browser. Without one they say in a line that they are skipped; in
 * CI, that is a failure.
 *
 * @param describeTests is given what opens a page of that browser
 */
export function describeInBrowser(what: string, describeTests: (open: OpenPage) => void): void {
  if (chromiumPath === undefined) {
    const line = `Skipped: ${what}. No Chromium was found; CHROMIUM_PATH="/path/to/chromium" names one.`;
    console.log(line);
    if (process.env['CI'] === undefined)
      test.skip(line); // because this machine has no browser, and nobody has to have one
    else test(what, () => expect.fail(`In CI, these tests may not be skipped. ${line}`));
    return;
  }
  describe(what, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(() => browser.close());
    describeTests((url, options) => openPage(browser, url, options));
  });
}

/** Opens a page, as `openPage` does. */
export type OpenPage = (url: string, options?: BrowserContextOptions) => Promise<Page>;

/**
 * Opens a page that is closed when the test is over. Whatever the browser complains about, and
 * whatever it asks of any other server, fails the test.
 */
async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // That the server has refused something, or has gone, the tests know themselves.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) complaints.push(`a request to ${request.url()}`);
  });
  onTestFinished(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });
  await page.goto(url);
  return page;
}
