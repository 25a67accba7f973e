import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The places of src/, in the order of the pipeline: each sees only itself and what stands before. */
const order = [
  ['base'],
  ['formulas'],
  ['credibility'],
  ['plan'],
  ['model'],
  ['book'],
  ['indicators'],
  ['scoring'],
  ['segments'],
  ['locales'],
  ['grading'],
  ['plan-file'],
  ['report'],
  ['lint'],
  ['portfolio'],
  ['simulate'],
  ['index', 'portfolio.ts', 'report.ts', 'lint.ts', 'stats', 'formula'],
  ['cli'],
];

/** Every dependency has one home. */
const homes: Record<string, string[]> = {
  'date-fns': ['base'],
  '@date-fns/utc': ['base'],
  zod: ['base', 'credibility', 'plan', 'model', 'book', 'grading', 'plan-file', 'simulate'],
  leven: ['base'],
  mathjs: ['formulas'],
  'ml-kmeans': ['portfolio'],
  'strip-json-comments': ['formulas'],
  '@noble/hashes': ['base'],
  'd3-random': ['simulate'],
  'pure-rand': ['base'],
  papaparse: ['cli'],
  commander: ['cli'],
  'cli-progress': ['cli'],
  node: ['cli'],
};

interface SourceFile {
  path: string;
  text: string;
  imports: string[];
}

const files: SourceFile[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => {
    const text = readFileSync(join('src', path), 'utf8');
    // Types, what is loaded later and what a type names in place are imports like any other.
    const statements = text.matchAll(
      /^(?:import|export)\s+(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm,
    );
    return { path, text, imports: [...statements].map(([, from, inPlace]) => from ?? inPlace) };
  });

const placeOf = (path: string) =>
  order.flat().includes(path) ? path : path.replace(/\.ts$/, '').split(/[\\/]/)[0];
const rankOf = (path: string) => order.findIndex((places) => places.includes(placeOf(path)));
const target = (file: SourceFile, from: string) =>
  normalize(join(dirname(file.path), from)).replace(/\.js$/, '.ts');
const isOwn = (from: string) => from.startsWith('.');
const packageOf = (from: string) => {
  if (from.startsWith('node:')) return 'node';
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
};

describe('the architecture', () => {
  test('every file of src/ stands in a place of the pipeline', () => {
    expect(files.length).toBeGreaterThan(30);
    expect(files.filter(({ path }) => rankOf(path) < 0).map(({ path }) => path)).toEqual([]);
  });

  test('a place sees only what stands before it', () => {
    const backwards = files.flatMap((file) =>
      file.imports
        .filter(isOwn)
        .filter((from) => rankOf(target(file, from)) > rankOf(file.path))
        .map((from) => `${file.path} imports ${from}`),
    );
    expect(backwards).toEqual([]);
  });

  test('no file imports itself by way of others', () => {
    const importsOf = new Map(
      files.map((file) => [
        file.path,
        file.imports.filter(isOwn).map((from) => target(file, from)),
      ]),
    );
    const reaches = (start: string, at: string, seen = new Set<string>()): boolean =>
      (importsOf.get(at) ?? []).some((next) => {
        if (next === start) return true;
        if (seen.has(next)) return false;
        seen.add(next);
        return reaches(start, next, seen);
      });
    expect([...importsOf.keys()].filter((path) => reaches(path, path))).toEqual([]);
  });

  test('of an analysis only what shows it, its view, words and charts, knows the report', () => {
    const shows = /\b(view|words|charts)\.ts$/;
    const others = files
      .filter(({ path }) => placeOf(path) === 'portfolio' && !shows.test(path))
      .flatMap((file) =>
        file.imports
          .filter((from) => isOwn(from) && placeOf(target(file, from)) === 'report')
          .map((from) => `${file.path} imports ${from}`),
      );
    expect(others).toEqual([]);
  });

  test('no file but a language is longer than 250 lines', () => {
    const long = files.filter(
      ({ path, text }) => placeOf(path) !== 'locales' && text.trimEnd().split('\n').length > 250,
    );
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  test('every dependency has one home, and the package.json lists no other', () => {
    const strays = files.flatMap((file) =>
      file.imports
        .filter((from) => !isOwn(from))
        .filter((from) => !homes[packageOf(from)]?.includes(placeOf(file.path)))
        .map((from) => `${file.path} imports ${from}`),
    );
    expect(strays).toEqual([]);
    const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const used = Object.keys(homes).filter((name) => name !== 'node');
    // What the core uses is part of dist/; the command line's libraries are installed with it.
    const installed = used.filter((name) => homes[name].includes('cli'));
    expect(Object.keys(dependencies).sort()).toEqual(installed.sort());
    expect(Object.keys(devDependencies)).toEqual(
      expect.arrayContaining(used.filter((name) => !installed.includes(name))),
    );
  });

  test('no clock, no chance, no generated code outside the command line', () => {
    const forbidden =
      /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\beval\(|\bnew Function\b|\bperformance\./;
    const found = files.filter(({ path, text }) => placeOf(path) !== 'cli' && forbidden.test(text));
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  test('no any, no non-null assertion, no default export, no enum, no export *', () => {
    // The pattern names what it forbids; it is a test, and tests are not among the files it reads.
    const forbidden =
      /\bas any\b|: any\b|\w!\.|\w!;|\w!\)|^export default|^(export )?(const )?enum |^export \*/m;
    expect(files.filter(({ text }) => forbidden.test(text)).map(({ path }) => path)).toEqual([]);
  });
});
