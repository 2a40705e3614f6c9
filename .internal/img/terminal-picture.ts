/** The colors of the terminal in the picture, by their escape codes. */
const foregrounds: Readonly<Record<string, string>> = {
  '31': '#ff6b6b',
  '33': '#ffd43b',
  '34': '#4dabf7',
  '35': '#da77f2',
};

const [columnWidth, lineHeight, margin] = [8.4, 17, 16];

/** Lines with a terminal's color codes as an SVG picture. */
export function drawTerminal(lines: readonly string[]): string {
  const longest = Math.max(...lines.map((line) => plain(line).length));
  const width = Math.ceil(longest * columnWidth + 2 * margin);
  const height = lines.length * lineHeight + 2 * margin;
  const texts = lines.map((line, index) => {
    const y = margin + (index + 0.75) * lineHeight;
    return `  <text x="${margin}" y="${y}" xml:space="preserve">${spans(line)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"`,
    '  font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="#e9ecef">',
    '  <title>Connect Four in a terminal: the board after the last move, and the history of the game</title>',
    `  <rect width="${width}" height="${height}" rx="8" fill="#212529"/>`,
    ...texts,
    '</svg>\n',
  ].join('\n');
}

function spans(line: string): string {
  let [color, bold] = ['', false];
  return line
    .split(/(\u001b\[\d+m)/)
    .map((part) => {
      const code = /^\u001b\[(\d+)m$/.exec(part)?.[1];
      if (code === undefined) return span(part, color, bold);
      if (code === '1' || code === '22') bold = code === '1';
      else color = foregrounds[code] ?? '';
      return '';
    })
    .join('');
}

function span(text: string, color: string, bold: boolean): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  if (escaped === '' || (color === '' && !bold)) return escaped;
  return `<tspan${color === '' ? '' : ` fill="${color}"`}${bold ? ' font-weight="bold"' : ''}>${escaped}</tspan>`;
}

function plain(line: string): string {
  return line.replace(/\u001b\[\d+m/g, '');
}
