import { formulaLike, type OutputCell } from '../../base/output.js';
import { numberReader } from '../../book/cells.js';

const { number: readNumber } = numberReader();

/** Whether a cell of a file is what is given now: CSV has numbers as text, and nothing for null. */
export function isSame(stored: unknown, now: OutputCell): boolean {
  if (now === null || now === '') return isEmpty(stored);
  if (typeof now === 'number') {
    return stored === now || (typeof stored === 'string' && readNumber(stored) === now);
  }
  if (typeof stored === 'number') return String(stored) === now;
  return stored === now || (typeof stored === 'string' && withoutApostrophe(stored) === now);
}

/** A cell of a file as a difference shows it: a number where a number belongs and is written. */
export function storedCell(raw: unknown, now: OutputCell): OutputCell {
  if (isEmpty(raw)) return null;
  if (typeof raw === 'number') return raw;
  if (typeof raw !== 'string') return JSON.stringify(raw);
  const read = typeof now === 'number' ? readNumber(raw) : raw;
  return typeof read === 'number' ? read : raw;
}

/** A text of CSV without the apostrophe that keeps spreadsheets from running it, where it has one. */
export function withoutApostrophe(text: string): string {
  return text.startsWith("'") && formulaLike.test(text.slice(1)) ? text.slice(1) : text;
}

function isEmpty(raw: unknown): raw is undefined | null | '' {
  return raw === undefined || raw === null || raw === '';
}
