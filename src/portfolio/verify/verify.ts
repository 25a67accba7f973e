import { isoFromDay } from '../../base/calendar.js';
import { positionIn } from '../../base/columns.js';
import { MisuseError, UnusableDataError } from '../../base/errors.js';
import type { OutputCell, Shown } from '../../base/output.js';
import { readColumnsFile } from '../../book/columns-file.js';
import type { Field } from '../../book/field.js';
import { checkNames } from '../../book/names.js';
import type { Row, Rows } from '../../book/rows.js';
import type { Grades } from '../../grading/assess.js';
import { gradeHeader, gradeRows } from '../../grading/grade-rows.js';
import { modelId } from '../../model/model.js';
import {
  type DifferenceCause,
  differenceCauses,
  type GradeDifference,
  type Verification,
} from './result.js';
import { isSame, storedCell, withoutApostrophe } from './stored-cells.js';
import { showVerification } from './view.js';

/** Takes in the rows of a graded file. */
export interface GradesVerifier {
  /** Says under which names the cells that follow stand; may be called again. */
  names(names: readonly string[]): void;
  push(cells: ArrayLike<unknown>): void;
  finish(): Verification & Shown;
}

/** More are counted but not kept: a file that has more is another file. */
const maxKept = 1_000_000;

const required = ['customer_id', 'risk_tier', 'value_tier', 'service_tier', 'action'];
const requiredFields = required.map((name): Field => ({ name, kind: 'text', required: true }));
const exactly = readColumnsFile({
  columns: Object.fromEntries(required.map((name) => [name, name])),
});

/**
 * Compares stored grades, cell by cell, with what a model gives now: numbers as numbers and exactly,
 * texts exactly. It tells a file that another model made, and input rows that changed since, from
 * cells that were changed in the file.
 *
 * @param rows the rows of a graded file, as `score --out` or `gradeRows` give them
 * @param grades the same book graded by the model now: `assess(indicators(book, { asOf, model }), model)`
 * @throws MisuseError when the rows lack the columns of graded customers
 * @example
 * ```ts
 * const { table } = readIndicators([
 *   { customerId: 'Ann', earnedPremium: 900, exposureYears: 3, claimCount: 1, incurredLoss: 450, tenureYears: 3, annualPremium: 300 },
 * ]);
 * const grades = assess(table, calibrate(table));
 * const [ann] = [gradeRows(grades)(0)];
 * const stored = Object.fromEntries(gradeHeader(grades).map((name, c) => [name, ann[c]]));
 * const { differences } = verifyGrades([{ ...stored, incurred_loss: 450.01 }], grades);
 * differences[0]; // => { customerId: 'Ann', column: 'incurred_loss', stored: 450.01, now: 450, because: 'cell' }
 * ```
 */
export function verifyGrades(rows: Rows, grades: Grades): Verification & Shown {
  if (!grades?.table) {
    throw new MisuseError('verifyGrades: expected grades, as assess(table, model) gives');
  }
  if (typeof rows !== 'object' || rows === null) {
    throw new MisuseError('verifyGrades: expected the rows of graded customers');
  }
  const verifier = gradesVerifier(grades);
  if (Symbol.iterator in rows) {
    const records = recordsVerifier(verifier);
    for (const record of rows as Iterable<Row>) records.push(record);
  } else {
    const names = Object.keys(rows);
    const columns = names.map((name) => rows[name]);
    verifier.names(names);
    for (let k = 0; k < (columns[0]?.length ?? 0); k++) verifier.push(columns.map((of) => of[k]));
  }
  return verifier.finish();
}

/** The same verifier for records, whose keys may change from one to the next. */
export function recordsVerifier(verifier: GradesVerifier) {
  let known: readonly string[] | undefined;
  return {
    push(record: Row) {
      const names = Object.keys(record);
      if (names.length !== known?.length || names.some((name, k) => name !== known?.[k])) {
        verifier.names(names);
        known = names;
      }
      verifier.push(Object.values(record));
    },
    finish: () => verifier.finish(),
  };
}

/** Opens a verifier for the rows of a graded file; it keeps no row, only what differs. */
export function gradesVerifier(grades: Grades): GradesVerifier {
  const { table, model } = grades;
  const header = gradeHeader(grades);
  const rowAt = gradeRows(grades);
  const id = modelId(model);
  const [modelAt, inputsAt] = ['model', 'inputs'].map((name) => header.indexOf(name));
  const rowOf = rowFinder(table.ids);
  const seen = new Uint8Array(table.length);
  const byColumn = new Map<string, number>();
  const because = new Map<DifferenceCause, number>();
  const otherModels = new Map<string, number>();
  const differences: GradeDifference[] = [];
  /** The columns of the header that stand in the file. */
  let compared: number[] = [];
  /** Where each column of the header stands in the file, −1 for nowhere; and what else stands there. */
  let places: number[] = [];
  let further: { readonly name: string; readonly place: number }[] = [];
  let width = 0;
  let pushed = 0;
  let customers = 0;
  let differing = 0;
  let found = 0;

  function tell(difference: GradeDifference) {
    found++;
    byColumn.set(difference.column, (byColumn.get(difference.column) ?? 0) + 1);
    if (differences.length < maxKept) differences.push(difference);
  }
  function tellCustomer(customerId: string, inFile: boolean, cause: DifferenceCause) {
    because.set(cause, (because.get(cause) ?? 0) + 1);
    const [stored, now] = inFile ? [customerId, null] : [null, customerId];
    tell({ customerId, column: 'customer_id', stored, now, because: cause });
  }
  function causeOf(cells: ArrayLike<unknown>, now: readonly OutputCell[]): DifferenceCause {
    const other = (at: number) => places[at] >= 0 && !isSame(cells[places[at]], now[at]);
    if (other(modelAt)) {
      const named = String(cells[places[modelAt]] ?? '');
      otherModels.set(named, (otherModels.get(named) ?? 0) + 1);
      return 'other model';
    }
    return other(inputsAt) ? 'other inputs' : 'cell';
  }

  return {
    names(names) {
      checkNames('graded file', requiredFields, names, exactly);
      const plain = names.map(withoutApostrophe);
      places = header.map((name) => {
        const place = names.indexOf(name);
        return place < 0 ? plain.indexOf(name) : place;
      });
      compared = header.map((_, at) => at).filter((at) => compared.includes(at) || places[at] >= 0);
      further = names
        .map((name, place) => ({ name, place }))
        .filter(({ place }) => !places.includes(place));
      width = names.length;
    },
    push(cells) {
      pushed++;
      if (cells.length !== width) {
        throw new UnusableDataError(
          `graded file: row ${pushed}: expected ${width} cells, got ${cells.length}; the file is not whole`,
        );
      }
      const customerId = String(cells[places[0]] ?? '');
      const row = rowOf(customerId);
      if (row < 0) return tellCustomer(customerId, true, 'not in the book');
      if (seen[row] === 1) return tellCustomer(customerId, true, 'twice in the file');
      seen[row] = 1;
      customers++;
      const now = rowAt(row);
      let cause: DifferenceCause | undefined;
      const compare = (column: string, raw: unknown, value: OutputCell) => {
        if (isSame(raw, value)) return;
        cause ??= causeOf(cells, now);
        const stored = storedCell(raw, value);
        tell({ customerId: table.ids[row], column, stored, now: value, because: cause });
      };
      for (const at of compared) compare(header[at], cells[places[at]], now[at]);
      for (const { name, place } of further) compare(name, cells[place], null);
      if (cause === undefined) return;
      differing++;
      because.set(cause, (because.get(cause) ?? 0) + 1);
    },
    finish() {
      if (pushed === 0) {
        throw new MisuseError('graded file: expected graded customers, got no row');
      }
      for (let row = 0; row < table.length; row++) {
        if (seen[row] === 0) tellCustomer(table.ids[row], false, 'not in the file');
      }
      return showVerification({
        agrees: found === 0,
        asOf: table.asOf === undefined ? null : isoFromDay(table.asOf),
        model: { id, hash: model.hash },
        customers,
        differing,
        found,
        byColumn: Object.fromEntries(byColumn),
        because: Object.fromEntries(
          differenceCauses.map((cause) => [cause, because.get(cause) ?? 0]),
        ) as Record<DifferenceCause, number>,
        otherModels: Object.fromEntries(otherModels),
        notInFile: header.filter((_, at) => !compared.includes(at)),
        differences,
      });
    },
  };
}

/** Finds rows by id: at once where a file has the order of the table. */
function rowFinder(ids: readonly string[]): (customerId: string) => number {
  let next = 0;
  return (customerId) => {
    const plain = withoutApostrophe(customerId);
    if (ids[next] === customerId || ids[next] === plain) return next++;
    const found = positionIn(ids, customerId);
    const row = found < 0 ? positionIn(ids, plain) : found;
    if (row >= 0) next = row + 1;
    return row;
  };
}
