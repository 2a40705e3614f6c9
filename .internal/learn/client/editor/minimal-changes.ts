import { diff } from '@codemirror/merge';
import type { ChangeSpec, Text } from '@codemirror/state';

/** The smallest changes from one text to another: the cursor and the marks stay where they are. */
export function minimalChanges(before: Text, after: string): readonly ChangeSpec[] {
  const wanted = unixLines(after);
  return diff(before.toString(), wanted, { timeout: 200 }).map(({ fromA, toA, fromB, toB }) => ({
    from: fromA,
    to: toA,
    insert: wanted.slice(fromB, toB),
  }));
}

/** The lines end as they do in the editor. */
export function unixLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
