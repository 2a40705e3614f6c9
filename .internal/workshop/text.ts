/**
 * Breaks a text into lines, where it has spaces. A line that is indented by four spaces is code, and stays as it is.
 *
 * @param width the most columns that a line may have
 */
export function wrap(text: string, width: number): readonly string[] {
  return text
    .split('\n')
    .flatMap((paragraph) => (paragraph.startsWith('    ') ? [paragraph] : wrapParagraph(paragraph, width)));
}

function wrapParagraph(paragraph: string, width: number): readonly string[] {
  return paragraph.split(' ').reduce<readonly string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) return [...lines.slice(0, -1), `${last} ${word}`];
    return [...lines, word];
  }, []);
}
