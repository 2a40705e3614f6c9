import picocolors from 'picocolors';
import { expect, test } from 'vitest';

import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { Session } from '../../src/terminal/session.ts';
import { drawTerminal } from './terminal-picture.ts';

test('the picture in the README shows the output of the game (vitest -u draws it again)', async () => {
  const lines = ['Alice', 'Bob', ...Array.from('ABBCCDCDDGD'), 'history'];
  let screen = '';
  const conversation = {
    interactive: true,
    colors: picocolors.createColors(true),
    say: (text: string) => {
      screen += `${text}\n`;
    },
    ask: (question: string) => {
      const line = lines.shift();
      screen += `${question}${line ?? ''}\n`;
      return Promise.resolve(line);
    },
    close: () => undefined,
  };
  await new Session(new InMemoryEventStore(), conversation).run();

  // The end of the output: the last move, the board, and the history.
  const lastMove = screen.lastIndexOf('Alice', screen.lastIndexOf('your move: D\n'));
  const shown = screen
    .slice(screen.lastIndexOf('\n', lastMove) + 1)
    .trimEnd()
    .split('\n')
    .slice(0, -1);
  await expect(drawTerminal(shown)).toMatchFileSnapshot('terminal-game.svg');
});
