import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from './pure.js';

/** Writes the licences of the libraries whose code is part of the package, as those licences ask. */
export const licences: Plugin = {
  name: 'licences',
  setup(build) {
    build.initialOptions.metafile = true;
    build.onEnd(({ metafile }) => {
      const inputs = Object.values(metafile?.outputs ?? {}).flatMap(({ inputs }) =>
        Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
          bytesInOutput > 0 ? [path] : [],
        ),
      );
      const folders = inputs.flatMap(
        (path) => /.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
      );
      const parts = [...new Set(folders)].sort().map(licenceOf);
      writeFileSync('dist/THIRD-PARTY.md', [head, ...parts].join('\n\n'));
    });
  },
};

const head = `# Libraries in this package

The code of these libraries is part of the files of dist/.`;

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((path) => /^(licen[cs]e|notice)/i.test(path));
  if (files.length === 0) throw new Error(`${name}: no licence file`);
  const texts = files.map((path) => readFileSync(join(folder, path), 'utf8').trim());
  return [
    `## ${name} ${version} (${license})`,
    ...texts.map((text) => text.replaceAll(/^(?=.)/gm, '    ')),
  ].join('\n\n');
}
