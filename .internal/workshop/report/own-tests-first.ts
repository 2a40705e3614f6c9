import { relative, sep } from 'node:path';

import type { TestSpecification } from 'vitest/node';

/**
 * The order of the test files on an exercise branch: its own first, then the others, each by name.
 * It is a sequencer of vitest.
 */
export function ownTestsFirst(root: string, folder: string) {
  return class {
    sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      const rank = ({ moduleId }: TestSpecification) => {
        const path = relative(root, moduleId).split(sep).join('/');
        return path.startsWith(`${folder}/`) ? `0 ${path}` : `1 ${path}`;
      };
      const byRank = new Intl.Collator('en', { numeric: true });
      return Promise.resolve(files.toSorted((one, other) => byRank.compare(rank(one), rank(other))));
    }

    shard(files: TestSpecification[]): Promise<TestSpecification[]> {
      return Promise.resolve(files);
    }
  };
}
