import { rmSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';
import { licences } from './build/licences.js';
import { pureModules } from './build/pure.js';
import { writeTypes } from './build/types.js';

const entries = ['index', 'portfolio', 'report', 'lint', 'stats', 'formula', 'simulate'];
const sources = entries.map((name) => `src/${name}.ts`);
const types = '.types';
const shared: Options = { format: ['esm'], target: 'node20', splitting: true, silent: true };

export default defineConfig(() => {
  rmSync('dist', { recursive: true, force: true });
  writeTypes(sources, types);
  return [
    {
      ...shared,
      // A file for each entry and for what entries share: Node reads few files, whoever bundles the
      // package leaves out what is not used, and the libraries of the core are part of it.
      entry: sources,
      esbuildPlugins: [pureModules, licences],
      dts: { entry: Object.fromEntries(entries.map((name) => [name, `${types}/${name}.d.ts`])) },
    },
    // Apart from the library, so that what single commands share does not cut that into small files.
    { ...shared, entry: ['src/cli.ts'], minifyWhitespace: true },
  ];
});
