import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { Marp } from '@marp-team/marp-core';

// npm run slides: every set of slides as one HTML page, and as PDF where a Chromium is found. Both
// go to .workshop/slides.
const source = import.meta.dirname;
const root = join(source, '..', '..');
const target = join(root, '.workshop', 'slides');

mkdirSync(join(target, 'guide'), { recursive: true });
for (const [folder, to] of [
  [source, target],
  [join(source, '..', 'guide'), join(target, 'guide')],
] as const) {
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.svg')))
    copyFileSync(join(folder, name), join(to, name));
}

const chromium = findChromium();
for (const name of readdirSync(source)
  .filter((one) => one.endsWith('.md'))
  .toSorted()) {
  const page = join(target, `${basename(name, '.md')}.html`);
  writeFileSync(page, renderSlides(readFileSync(join(source, name), 'utf8')));
  console.log(page);
  if (chromium !== undefined) printPdf(chromium, page);
}
if (chromium === undefined)
  console.log('No Chromium was found (CHROMIUM_PATH names one): there are no PDFs. Any browser prints the pages.');

/** Slides in Markdown as a page that needs nothing else but the pictures beside it. */
function renderSlides(markdown: string): string {
  const marp = new Marp({ html: false, script: false, math: false });
  const { html, css } = marp.render(markdown.replaceAll('](../guide/', '](guide/'));
  const title = /^title: "?(.*?)"?$/m.exec(markdown)?.[1] ?? 'Slides';
  // One slide on each page, on the screen as on paper.
  const page =
    '@page { size: 1280px 720px; margin: 0 } body { margin: 0; background: #ddd } svg[data-marpit-svg] { display: block; margin: 1rem auto; box-shadow: 0 1px 6px #0003; max-width: 96vw; max-height: 94vh } @media print { svg[data-marpit-svg] { margin: 0; box-shadow: none; max-width: none; max-height: none; break-after: page } }';
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${css}${page}</style></head>
<body>${html}</body>
</html>
`;
}

function printPdf(browser: string, page: string): void {
  const pdf = page.replace(/\.html$/, '.pdf');
  const options = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--no-pdf-header-footer',
  ];
  const { status } = spawnSync(browser, [...options, `--print-to-pdf=${pdf}`, `file://${page}`], {
    stdio: 'ignore',
    timeout: 60_000,
  });
  console.log(status === 0 && existsSync(pdf) ? pdf : `${pdf} could not be made`);
}

function findChromium(): string | undefined {
  const usual = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  return [process.env['CHROMIUM_PATH'], ...usual].find((path) => path !== undefined && existsSync(path));
}
