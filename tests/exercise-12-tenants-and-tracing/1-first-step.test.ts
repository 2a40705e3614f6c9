import { expect } from 'vitest';

import { tenantsAndTracing } from '../../src/application/tenants-and-tracing.ts';
import { step } from '../support/step.ts';

step('12.1', 'names the behavior in a sentence', () => {
  expect(tenantsAndTracing()).toBe('done');
});
