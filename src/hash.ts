import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** SHA-256 of plain data as JSON with sorted keys, so the order in which they stand does not count. */
export function contentHash(content: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(content, sortedKeys))));
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** SHA-256 of texts and columns of numbers, one after the other. */
export function columnsHash(texts: readonly string[], columns: readonly Float64Array[]): string {
  const hash = sha256.create().update(utf8ToBytes(JSON.stringify(texts)));
  for (const { buffer, byteOffset, byteLength } of columns) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return bytesToHex(hash.digest());
}
