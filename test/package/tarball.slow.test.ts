import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder, written } from '../support/command.js';

const folder = temporaryFolder();
const installed = join(folder, 'node_modules/bookgrade');
const { version, dependencies, exports } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The tarball unpacked where npm would, beside nothing but what the package says it depends on. */
beforeAll(() => {
  const quiet = ['--silent', '--pack-destination', folder];
  execFileSync('npm', ['pack', ...quiet], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  mkdirSync(installed, { recursive: true });
  const tarball = join(folder, `bookgrade-${version}.tgz`);
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  for (const name of Object.keys(dependencies)) {
    symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name), 'dir');
  }
  written(folder, 'package.json', '{ "type": "module" }');
}, 300_000);

const node = (...args: string[]) =>
  execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });

/** Files that Node reads for a script: modules, and what those require in the older way. */
function filesRead(...args: string[]): string[] {
  const hooks = `export async function load(url, context, next) {
    if (url.startsWith('file:')) (await import('node:fs')).appendFileSync('read.txt', url + '\\n');
    return next(url, context);
  }`;
  const register = `import Module, { register } from 'node:module';
    import { appendFileSync } from 'node:fs';
    register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hooks)}));
    process.on('exit', () => appendFileSync('read.txt',
      Object.keys(Module._cache).map((path) => 'file://' + path + '\\n').join('')));`;
  writeFileSync(join(folder, 'read.txt'), '');
  node('--import', `data:text/javascript,${encodeURIComponent(register)}`, ...args);
  const read = readFileSync(join(folder, 'read.txt'), 'utf8').trimEnd().split('\n');
  return [...new Set(read)].filter((path) => !path.includes('[eval'));
}

describe('the installed package', () => {
  const readme = readFileSync('README.md', 'utf8');

  test("runs the README's first example", () => {
    const [, code, prints] =
      /```ts\n([\s\S]*?)```\n[^`]*?```text\n([\s\S]*?)```/.exec(readme) ?? [];
    written(folder, 'first.js', code);
    expect(node('first.js')).toBe(prints);
  });

  test('has each of its entries, and its types need no other package', () => {
    const entries = Object.keys(exports).filter((name) => !name.endsWith('.json'));
    const imports = entries.map((name, k) => {
      const path = name.replace('.', 'bookgrade');
      return `import * as entry${k} from '${path}';\nexport const names${k} = Object.keys(entry${k});`;
    });
    written(folder, 'entries.ts', imports.join('\n'));
    const options = { module: 'nodenext', strict: true, noEmit: true, types: [], lib: ['ES2023'] };
    const config = { compilerOptions: options, files: ['entries.ts'] };
    written(folder, 'tsconfig.json', JSON.stringify(config));
    expect(node(resolve('node_modules/typescript/bin/tsc'), '--project', folder)).toBe('');
  });

  test('reads fewer than twenty files to be imported, and to print its version', () => {
    written(folder, 'imports.js', "import 'bookgrade';\n");
    expect(filesRead('imports.js').length).toBeLessThan(20);
    expect(filesRead(join(installed, 'dist/cli.js'), '--version').length).toBeLessThan(20);
    expect(node(join(installed, 'dist/cli.js'), '--version')).toBe(`${version}\n`);
  });

  test('names each library whose code is in it, with its licence', () => {
    const licences = readFileSync(join(installed, 'dist/THIRD-PARTY.md'), 'utf8');
    for (const name of ['zod', 'mathjs', 'ml-kmeans', 'date-fns', '@noble/hashes']) {
      expect(licences).toContain(`## ${name} `);
    }
    expect(licences.match(/^## /gm)?.length).toBe(
      licences.match(/^ {4}.*copyright/gim) &&
        licences.match(/^## .*\((MIT|ISC|Apache-2\.0)\)$/gm)?.length,
    );
  });

  const texts = () =>
    readdirSync(installed, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(installed, path)).isFile())
      .map((path) => ({ path, text: readFileSync(join(installed, path), 'utf8') }));

  test('holds no path of the machine it was made on', () => {
    const path = /(?:file:\/\/|["'`(\s])\/(?:home|root|tmp|work|Users|usr)\/|\b[A-Z]:\\\\/;
    const found = texts().filter(({ text }) => path.test(text) || text.includes(process.cwd()));
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  test('has no dead link in its pages', () => {
    const pages = texts().filter(({ path }) => path.endsWith('.md') && !path.startsWith('dist'));
    const headings = (path: string) =>
      [...readFileSync(path, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
        heading
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
          .replaceAll(/\s/g, '-'),
      );
    const dead = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]+))?\)/g)]
        .filter(([, to, anchor]) => {
          const target = to === '' ? join(installed, path) : join(installed, dirname(path), to);
          const isThere = statSync(target, { throwIfNoEntry: false }) !== undefined;
          return !isThere || (anchor !== undefined && !headings(target).includes(anchor));
        })
        .map(([link]) => `${path}: ${link}`),
    );
    expect(pages.map(({ path }) => basename(path))).toContain('README.md');
    expect(dead).toEqual([]);
  });
});
