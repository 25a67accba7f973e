import * as z from 'zod/mini';
import type { Formula, FormulaCall } from '../formulas/expression.js';
import { type Operator, operatorNames } from '../formulas/operators.js';

/** What no name holds and every rule as text does, but for a name alone. */
const signsOfText = /[<>=!()+*/?:,%]|(^|\s)(and|or|not)\s/;

const tree = 'a tree such as [">", "claim_count", 1]';
const formulaSchema: z.ZodMiniType<Formula, Formula> = z.lazy(() =>
  z.union(
    [
      z.number(),
      z.string().check(
        z.minLength(1),
        z.refine((name) => !signsOfText.test(name), {
          error: `expected a name or ${tree}; a rule as text is read by parseFormula or readPlanFile of bookgrade/formula`,
        }),
      ),
      callSchema,
    ],
    { error: `expected a number, a name or ${tree}` },
  ),
);
const callSchema: z.ZodMiniType<FormulaCall, FormulaCall> = z.readonly(
  z.tuple([z.enum(operatorNames as [Operator, ...Operator[]])], formulaSchema),
);

// Wherever the plan holds a formula it says what the formula gives by one of these. A plan file may
// have text there, which is found by these schemas: a new place for a rule needs nothing besides.
/** A formula that gives a yes or no. */
export const condition: z.ZodMiniType<Formula, Formula> = z.lazy(() => formulaSchema);
/** A formula that gives a number. */
export const amount: z.ZodMiniType<Formula, Formula> = z.lazy(() => formulaSchema);
/** The name of an indicator, score or setting. */
export const namedFigure = z.string();
