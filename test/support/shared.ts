import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { everything } from './slow.js';

const folder = fileURLToPath(new URL('../../../shared/', import.meta.url));
const present = existsSync(folder);

/** Tests on real books, which lie beside the project and not in it; `npm test` leaves them out. */
export function describeOnRealBook(title: string, tests: () => void): void {
  if (everything) describeKnownValues(title, tests);
}

/** Tests on known values, which lie beside the project and not in it. */
export function describeKnownValues(title: string, tests: () => void): void {
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
