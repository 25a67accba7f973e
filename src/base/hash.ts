import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const encoder = new TextEncoder();

/** SHA-256 of plain data as JSON with sorted keys, so the order in which they stand does not count. */
export function contentHash(content: unknown): string {
  return bytesToHex(sha256(encoder.encode(JSON.stringify(content, sortedKeys))));
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** SHA-256 of texts and columns of numbers, one after the other. */
export function columnsHash(texts: readonly string[], columns: readonly Float64Array[]): string {
  const hash = sha256.create().update(encoder.encode(JSON.stringify(texts)));
  for (const { buffer, byteOffset, byteLength } of columns) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return bytesToHex(hash.digest());
}

/**
 * SHA-256 of one customer: its id and labels as JSON, then its figures as 64-bit floating-point
 * numbers, the least byte first. A label that is missing is null; a missing figure is always the same
 * NaN, and 0 has no sign, whichever way they came about.
 */
export function customerHash(
  texts: readonly (string | null)[],
  figures: readonly number[],
): string {
  const head = encoder.encode(JSON.stringify(texts));
  const bytes = new Uint8Array(head.length + 8 * figures.length);
  bytes.set(head);
  const view = new DataView(bytes.buffer, head.length);
  for (let k = 0; k < figures.length; k++) {
    if (Number.isNaN(figures[k])) view.setUint32(8 * k + 4, 0x7ff80000, true);
    else view.setFloat64(8 * k, figures[k] + 0, true);
  }
  return bytesToHex(sha256(bytes));
}
