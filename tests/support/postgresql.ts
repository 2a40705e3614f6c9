import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, test } from 'vitest';

import { installedPrograms, startPostgresql, type PostgresqlServer } from '../../.internal/postgresql/server.ts';

/**
 * Starts a PostgreSQL server of its own for a test file, which ends with it.
 *
 * @returns `undefined` if it is not installed here. The run reports what it did not test, and in CI
 *   it fails
 */
export async function postgresqlForTests(): Promise<PostgresqlServer | undefined> {
  const programs = installedPrograms();
  if (programs === undefined) {
    const missing = 'PostgreSQL is not installed: on Debian, "apt-get install postgresql" installs it.';
    const line = `Skipped: tests against PostgreSQL. ${missing}`;
    console.log(line);
    if (process.env['CI'] === undefined)
      test.skip(line); // because nobody has to have this server, and the run says what it did not test
    else test(line, () => Promise.reject(new Error(missing)));
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'postgresql-'));
  // Without fsync, a killed server loses nothing. Only a power failure would.
  const server = await startPostgresql({ programs, folder, port: 0, settings: ['fsync=off'] });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return server;
}
