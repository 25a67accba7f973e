import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

/** A block of the README, or of another page, is what was made; with UPDATE_README it is written first. */
export function expectInReadme(name: string, made: string, page = 'README.md'): void {
  const between = new RegExp(`(<!-- ${name} -->\\n)([\\s\\S]*?)(\\n<!-- /${name} -->)`);
  if (process.env.UPDATE_README) {
    const old = readFileSync(page, 'utf8');
    writeFileSync(
      page,
      old.replace(between, (_, open, __, close) => open + made + close),
    );
  }
  expect(between.exec(readFileSync(page, 'utf8'))?.[2]).toBe(made);
}

/** A whole file is what was made; with UPDATE_README it is written first. */
export function expectInFile(path: string, made: string): void {
  if (process.env.UPDATE_README) writeFileSync(path, made);
  expect(readFileSync(path, 'utf8')).toBe(made);
}
