import { defineConfig } from 'tsup';
import { licences } from './build/licences.js';
import { pureModules } from './build/pure.js';
import { writeTypes } from './build/types.js';

const entries = ['index', 'portfolio', 'report', 'lint', 'stats', 'formula', 'simulate'];
const sources = entries.map((name) => `src/${name}.ts`);
const types = '.types';

export default defineConfig(() => {
  writeTypes(sources, types);
  return {
    // A file for each entry and for what entries share: Node reads few files, whoever bundles the
    // package leaves out what is not used, and the libraries of the core are part of it.
    entry: [...sources, 'src/cli.ts'],
    format: ['esm'],
    target: 'node20',
    splitting: true,
    esbuildPlugins: [pureModules, licences],
    dts: { entry: Object.fromEntries(entries.map((name) => [name, `${types}/${name}.d.ts`])) },
    clean: true,
    silent: true,
  };
});
