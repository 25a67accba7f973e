import { defineConfig } from 'tsup';

export default defineConfig({
  // One file out for each file in: whoever bundles the package leaves out what is not used.
  entry: ['src/**/*.ts'],
  bundle: false,
  format: ['esm'],
  target: 'node20',
  dts: { entry: ['src/index.ts', 'src/simulate.ts', 'src/formula.ts'] },
  clean: true,
  silent: true,
});
