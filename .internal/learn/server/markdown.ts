import { posix } from 'node:path';

import MarkdownIt from 'markdown-it';

import type { SectionView } from '../messages.ts';

/** It escapes all HTML and refuses links to scripts, so its result is safe to show. */
const markdown = new MarkdownIt({ html: false });

/** The folder of the pages: their links are relative to it. */
const folder = 'exercises';

/** A file of the workshop in a page. It is shown in the editor. */
const filePattern = /^(src|tests)\/[\w./-]+\.(ts|tsx)$/;

const { rules } = markdown.renderer;

rules.link_open = (tokens, index, options, _environment, renderer) => {
  const token = tokens[index];
  const target = token?.attrGet('href') ?? '';
  if (token === undefined || /^[a-z]+:/i.test(target)) {
    token?.attrSet('target', '_blank');
    token?.attrSet('rel', 'noreferrer');
  } else {
    const path = posix.normalize(posix.join(folder, target));
    token.attrSet('href', '#');
    token.attrSet(filePattern.test(path) ? 'data-file' : 'data-page', path);
  }
  return renderer.renderToken(tokens, index, options);
};

rules.code_inline = (tokens, index) => {
  const text = tokens[index]?.content ?? '';
  const code = `<code>${markdown.utils.escapeHtml(text)}</code>`;
  return filePattern.test(text) ? `<a href="#" data-file="${text}">${code}</a>` : code;
};

const foldedPattern = /<details>\s*<summary>(.*?)<\/summary>(.*?)<\/details>/gs;

/** The sections of a page, in HTML. The first one has the page's title. */
export function sectionsOf(page: string): readonly SectionView[] {
  return page.replaceAll('\r\n', '\n').split(/^##? /m).slice(1).map(sectionOf);
}

function sectionOf(text: string): SectionView {
  const [heading = ''] = text.split('\n', 1);
  const body = text.slice(heading.length);
  const [, number, title] = /^(\d+\.\d+) (.*)$/.exec(heading) ?? [];
  if (number === undefined || title === undefined) return { title: heading, html: withFolded(body), folded: [] };
  const folded = [...body.matchAll(foldedPattern)].map(([, summary = '', hint = '']) => ({
    title: summary.trim(),
    html: markdown.render(hint),
  }));
  return { number, title, html: markdown.render(body.replaceAll(foldedPattern, '')), folded };
}

/** A text with its folded parts in their places. */
function withFolded(text: string): string {
  let html = '';
  let end = 0;
  for (const match of text.matchAll(foldedPattern)) {
    const [whole, summary = '', answer = ''] = match;
    html += markdown.render(text.slice(end, match.index));
    html += `<details><summary>${markdown.renderInline(summary.trim())}</summary>${markdown.render(answer)}</details>`;
    end = match.index + whole.length;
  }
  return html + markdown.render(text.slice(end));
}
