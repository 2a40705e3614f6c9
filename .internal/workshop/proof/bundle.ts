import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

import { build, type BuildOptions, type BuildResult, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..', '..', '..');

/** The folder of bundles in a folder of the workshop. Git ignores it. */
export const bundleFolder = '.workshop/bundle';

/**
 * Bundles a program of the workshop into JavaScript, which starts much faster. It uses the folder
 * of the bundle, as the source uses its own.
 *
 * @param entry from the top, for example '.internal/workshop/main.ts'
 * @param format 'cjs' for a single file that `require` can load, too
 */
export async function bundle(folder: string, entry: string, format: 'esm' | 'cjs'): Promise<void> {
  const key = `${entry} ${format}`;
  const files = await (known.get(key) ?? remember(key, build(optionsFor(entry, format))));
  for (const { path, contents } of files.outputFiles) {
    const target = join(folder, relative(root, path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, contents);
  }
}

type Built = BuildResult<{ write: false }>;

/** The finished bundles: the source does not change while tests run. */
const known = new Map<string, Promise<Built>>();

function remember(key: string, built: Promise<Built>): Promise<Built> {
  known.set(key, built);
  return built;
}

function optionsFor(entry: string, format: 'esm' | 'cjs'): BuildOptions & { write: false } {
  return {
    entryPoints: [join(root, entry)],
    outdir: join(root, bundleFolder),
    outExtension: { '.js': format === 'esm' ? '.mjs' : '.cjs' },
    bundle: true,
    splitting: format === 'esm',
    write: false,
    platform: 'node',
    format,
    packages: 'external',
    target: 'node20',
    plugins: [placesOf(format === 'esm' ? 'import.meta.dirname' : '__dirname')],
    ...(format === 'cjs' && {
      define: { 'import.meta.filename': '__filename', 'import.meta.resolve': 'resolvePackage' },
      banner: { js: "const resolvePackage = (name) => require('node:url').pathToFileURL(require.resolve(name)).href;" },
    }),
  };
}

/** Files that a source finds relative to itself, the bundle finds relative to its own place. */
function placesOf(here: string): Plugin {
  return {
    name: 'places',
    setup(it) {
      it.onLoad({ filter: /[/\\]\.internal[/\\]workshop[/\\].*\.ts$/ }, ({ path }) => {
        const folder = relative(join(root, bundleFolder), dirname(path)).split(sep).join('/');
        const contents = readFileSync(path, 'utf8').replaceAll('import.meta.dirname', `(${here} + '/${folder}')`);
        return { contents, loader: 'ts' };
      });
    },
  };
}
