import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

/** A block of the README is what was made; with UPDATE_README it is written there first. */
export function expectInReadme(name: string, made: string): void {
  const between = new RegExp(`(<!-- ${name} -->\\n)([\\s\\S]*?)(\\n<!-- /${name} -->)`);
  if (process.env.UPDATE_README) {
    const old = readFileSync('README.md', 'utf8');
    writeFileSync(
      'README.md',
      old.replace(between, (_, open, __, close) => open + made + close),
    );
  }
  expect(between.exec(readFileSync('README.md', 'utf8'))?.[2]).toBe(made);
}
