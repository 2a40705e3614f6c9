import { expect } from 'vitest';

import { forgetting } from '../../src/application/forgetting.ts';
import { step } from '../support/step.ts';

step('11.1', 'names the behavior in a sentence', () => {
  expect(forgetting()).toBe('done');
});
