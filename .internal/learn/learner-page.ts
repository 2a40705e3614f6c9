import type { BrowserContextOptions, Locator, Page } from 'playwright-core';

import type { OpenPage } from '../../tests/web/chromium.ts';
import { Learner } from './learner.ts';

/** How long a run of the tests may take on a busy machine. */
const patienceMs = 240_000;

/**
 * Opens the learning page of a new folder.
 *
 * @param exercise 0 for main
 */
export async function openLearner(open: OpenPage, name: string, exercise: number, options?: BrowserContextOptions) {
  const learner = await new Learner(name, exercise).start();
  return { learner, page: await open(learner.url, options) };
}

/** Waits until the page shows something. */
export async function sees(locator: Locator): Promise<void> {
  await locator.first().waitFor({ timeout: patienceMs });
}

/** The heading of the result: the open step, or that the exercise is solved. */
export async function seesResult(page: Page, title: string): Promise<void> {
  await sees(page.locator('#panel-result').getByRole('heading', { name: title, exact: true, level: 2 }));
}

/** The state of a step in the instructions: 'done', 'open' or 'later'. */
export async function seesStep(page: Page, number: string, standing: string): Promise<void> {
  await sees(page.locator(`[id="step-${number}"] > summary`, { hasText: `, ${standing}` }));
}

/** Opens a file by its tab. */
export async function openTab(page: Page, file: string): Promise<void> {
  await page.getByRole('tab', { name: new RegExp(`^${file}`) }).click();
  await sees(page.getByRole('textbox', { name: new RegExp(`/${file}, `) }));
  await editor(page).focus();
}

/** The editor. */
export function editor(page: Page): Locator {
  return page.locator('#editor .cm-content');
}

/** Types another text in place of the whole file. The cursor is in the editor. */
export async function typeAll(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}

/** Types at the end of the file. */
export async function typeAtEnd(page: Page, text: string): Promise<void> {
  await editor(page).focus();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.insertText(text);
}

/** Saves all files, and waits until nothing is unsaved. */
export async function save(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+s');
  await page.locator('.unsaved-mark').first().waitFor({ state: 'detached', timeout: patienceMs });
}
