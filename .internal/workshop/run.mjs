// Runs the workshop's program. Loading its TypeScript files one by one takes longer than running
// them, so they are bundled into .workshop/program/, and again when one of them changes.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const source = import.meta.dirname;
const root = join(source, '..', '..');
const bundles = join(root, '.workshop', 'program');

/** Removes older bundles. A newer one may still be in use by a `watch` in another window. */
const keptForMs = 7 * 24 * 60 * 60 * 1000;

const bundle = join(bundles, versionOfSource());
const isReady = existsSync(bundle) || (await makeBundle(bundle));
if (!isReady) (await import('tsx/esm/api')).register();
await import(pathToFileURL(isReady ? join(bundle, 'main.js') : join(source, 'main.ts')).href);

/** Changes with the size and the time of each file in the bundle. */
function versionOfSource() {
  const files = readdirSync(source, { recursive: true }).map((path) => join(source, path));
  const hash = createHash('sha256').update(process.version);
  for (const path of [...files, join(root, 'package-lock.json')]) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** @returns false when the folder is read-only; the program then runs from its source */
async function makeBundle(folder) {
  const { build } = await import('esbuild');
  const unfinished = `${folder}-${randomUUID()}`;
  const { dependencies, devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const packages = Object.keys({ ...dependencies, ...devDependencies });
  try {
    removeOldBundles();
    await build({
      entryPoints: [join(source, 'main.ts')],
      outdir: unfinished,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      external: packages.filter((name) => name !== 'zod'), // zod alone takes 50 ms to load
      plugins: [{ name: 'folders of the source', setup: keepFolders }],
      logLevel: 'silent',
    });
    renameSync(unfinished, folder);
    return true;
  } catch {
    rmSync(unfinished, { recursive: true, force: true });
    return existsSync(folder); // another process may have made it meanwhile
  }
}

function keepFolders({ onLoad }) {
  onLoad({ filter: /\.ts$/ }, async ({ path }) => {
    const text = await readFile(path, 'utf8');
    return { contents: text.replaceAll('import.meta.dirname', JSON.stringify(dirname(path))), loader: 'ts' };
  });
}

function removeOldBundles() {
  if (!existsSync(bundles)) return;
  for (const name of readdirSync(bundles)) {
    const path = join(bundles, name);
    if (Date.now() - statSync(path).mtimeMs > keptForMs) rmSync(path, { recursive: true, force: true });
  }
}
