import { expect } from 'vitest';

import { growingStreams } from '../../src/application/growing-streams.ts';
import { step } from '../support/step.ts';

step('10.1', 'names the behavior in a sentence', () => {
  expect(growingStreams()).toBe('done');
});
