import { types } from '../support/types.ts';

types(11, [
  'src/pseudonyms/personal.ts',
  'src/privacy/cipher.ts',
  'src/privacy/people.ts',
  'src/terminal/rewrite-file.ts',
  'src/open-store.ts',
]);
