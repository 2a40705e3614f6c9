import { types } from '../support/types.ts';

types(12, ['src/application/tenants-and-tracing.ts']);
