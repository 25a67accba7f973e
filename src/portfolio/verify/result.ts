import type { OutputCell } from '../../base/output.js';

/**
 * Why a cell is not as the model gives it now: the row names another model; the customer's inputs
 * have another hash, so the rows of the input changed; or neither, so that the file was changed after
 * it was written (or an attribute that the model does not read, or the grading itself). Or the whole
 * customer is not there.
 */
export const differenceCauses = [
  'other model',
  'other inputs',
  'cell',
  'not in the book',
  'not in the file',
  'twice in the file',
] as const;
export type DifferenceCause = (typeof differenceCauses)[number];

/** One cell that is stored otherwise than the model gives it now. */
export interface GradeDifference {
  readonly customerId: string;
  readonly column: string;
  readonly stored: OutputCell;
  readonly now: OutputCell;
  readonly because: DifferenceCause;
}

/** Whether stored grades are what the model gives now, and where not. */
export interface Verification {
  readonly agrees: boolean;
  readonly asOf: string | null;
  readonly model: { readonly id: string; readonly hash: string };
  /** Customers that are both in the file and in the book, and how many of them differ. */
  readonly customers: number;
  readonly differing: number;
  /** Cells that differ, in all and by column. */
  readonly found: number;
  readonly byColumn: Readonly<Record<string, number>>;
  /** Customers by why they differ. */
  readonly because: Readonly<Record<DifferenceCause, number>>;
  /** Other models that rows name, with the number of rows. */
  readonly otherModels: Readonly<Record<string, number>>;
  /** Columns that the model gives and the file lacks; they are not compared. */
  readonly notInFile: readonly string[];
  /** The differences in the order of the file, at most a million of them. */
  readonly differences: readonly GradeDifference[];
}
