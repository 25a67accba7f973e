import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../../../shared/', import.meta.url));
const present = existsSync(folder);

/** Tests on known values and real books, which lie beside the project and not in it. */
export function describeWithShared(title: string, tests: () => void): void {
  if (present) {
    describe(`on ../shared: ${title}`, tests);
    return;
  }
  // Said in one line: what was left out must not pass for tested.
  console.log(`left out, no ../shared beside the project: ${title}`);
  test(`${title} (left out: no ../shared)`, () => expect(present).toBe(false));
}

export function sharedText(path: string): string {
  const bytes = readFileSync(folder + path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

export function sharedRows(path: string, delimiter = ','): Record<string, string>[] {
  const { data } = Papa.parse<Record<string, string>>(sharedText(path), {
    header: true,
    delimiter,
    skipEmptyLines: true,
  });
  return data;
}
