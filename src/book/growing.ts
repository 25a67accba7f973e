import type { Coded } from '../base/columns.js';

type TypedColumn = Float64Array | Int32Array | Uint8Array;

/** A typed column that grows as values are pushed. */
export function growing<T extends TypedColumn>(Type: { new (length: number): T }) {
  let column = new Type(1024);
  let length = 0;
  return {
    push(value: number) {
      if (length === column.length) {
        const larger = new Type(column.length * 2);
        larger.set(column);
        column = larger;
      }
      column[length++] = value;
    },
    get length() {
      return length;
    },
    finish: () => column.slice(0, length) as T,
  };
}

/** A coded text column that grows; it may begin with rows that have no value. */
export function growingText(missingRows = 0) {
  const codes = growing(Int32Array);
  const known = new Map<string, number>();
  const labels: string[] = [];
  for (let i = 0; i < missingRows; i++) codes.push(-1);
  return {
    push(text: string | undefined) {
      if (text === undefined) {
        codes.push(-1);
        return;
      }
      let code = known.get(text);
      if (code === undefined) {
        code = labels.length;
        // A long piece of a larger string keeps all of it in memory; joining makes it its own.
        const own = text.length > 12 ? Array.from(text).join('') : text;
        known.set(own, code);
        labels.push(own);
      }
      codes.push(code);
    },
    finish: (): Coded => ({ codes: codes.finish(), labels }),
  };
}
