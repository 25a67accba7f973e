// @ts-check

import { evaluate, scoringFormulas } from '../../dist/formula.js';
import { assess, calibrate, indicators, readBook } from '../../dist/index.js';
import { measuredNames, syntheticBook } from './book.js';
import { checkEqual } from './compare.js';
import { load, numbersOf, openDuckDB } from './duckdb.js';
import { gradesByHand } from './grades-by-hand.js';
import { heaviestPositions, quoted, stagedSelect } from './sql.js';
import { turnByTurn } from './timing.js';

const scoreNames = [
  'expected_loss_ratio',
  'expected_low',
  'expected_high',
  'credibility',
  'indicated_change',
];
const tierNames = ['risk_tier', 'value_tier', 'service_tier', 'action', 'loyalty', 'purchase'];
const maxReasons = 4;
const isReason = ({ name }) => name.startsWith('reason ');

/** Part 2, indicators → grades: bookgrade, a loop by hand, and SQL made of the model's formulas. */
export async function grades({ customers, rounds, warmUps }) {
  const { policies, claims, asOf } = syntheticBook(customers);
  const table = indicators(readBook(policies, claims).book, { asOf });
  const model = calibrate(table);
  const hintNames = model.plan.hints.map(({ code }) => `hint ${code}`);

  // The grades in columns leave the probability out: it is a column of its own, made when asked for.
  const formulas = scoringFormulas(model).filter(
    ({ name }) => name !== 'probability_above_permissible',
  );
  const withoutReasons = formulas.filter((formula) => !isReason(formula));
  const figures = [...scoreNames, ...tierNames, ...hintNames];
  const measured = Object.fromEntries(measuredNames.map((name) => [name, table.columns[name]]));

  const connection = await openDuckDB();
  const row = Int32Array.from({ length: table.length }, (_, i) => i);
  await load(connection, 'measured', { row, ...measured });
  const inputs = ['row', ...measuredNames];
  const wanted = [
    { name: 'row', type: 'INTEGER' },
    ...scoreNames.map((name) => ({ name, type: 'DOUBLE' })),
    ...tierNames.map((name) => ({ name, type: 'UTINYINT' })),
    ...hintNames.map((name) => ({ name, type: 'BOOLEAN' })),
  ];
  const weights = formulas.filter(isReason).map(({ name }) => ({ name, type: 'DOUBLE' }));
  const figuresSQL = stagedSelect(withoutReasons, inputs, 'measured', wanted);
  const gradesSQL = heaviestPositions(
    stagedSelect(formulas, inputs, 'measured', [...wanted, ...weights]),
    weights.map(({ name }) => name),
    wanted.map(({ name }) => name),
    maxReasons,
  );
  const inDuckDB = async (query) => {
    await connection.run(`CREATE OR REPLACE TEMP TABLE grades AS ${query}`);
    return table.length;
  };

  const { hints, ...others } = assess(table, model);
  const byCode = Object.fromEntries(model.plan.hints.map(({ code }, h) => [code, hints[h]]));
  const expected = flatColumns({ ...others, hints: byCode }, table.length);
  checkEqual('by hand', expected, flatColumns(gradesByHand(table, model), table.length));
  await inDuckDB(gradesSQL);
  const answers = `SELECT ${Object.keys(expected).map(quoted).join(', ')} FROM grades ORDER BY row`;
  checkEqual('DuckDB', expected, await numbersOf(connection, answers, table.length));

  const whole = await turnByTurn(
    [
      { name: 'bookgrade: assess(table, model)', run: () => assess(table, model).tiers.action[0] },
      { name: 'by hand: one loop', run: () => gradesByHand(table, model).tiers.action[0] },
      { name: 'DuckDB, one thread: SQL from the formulas', run: () => inDuckDB(gradesSQL) },
    ],
    { rounds, warmUps },
  );
  const part = await turnByTurn(
    [
      {
        name: 'bookgrade: evaluate(formulas but reasons)',
        run: () => evaluate(withoutReasons, measured, table.length, figures).action[0],
      },
      { name: 'DuckDB, one thread: the same formulas', run: () => inDuckDB(figuresSQL) },
    ],
    { rounds, warmUps },
  );
  const planning = await planningTime(connection, gradesSQL);
  const size = `${table.length.toLocaleString('en')} customers in the table`;
  const columns = `5 scores, 4 tiers, 2 classes of the lifecycle, ${hintNames.length} hints`;
  return {
    title: '2. indicators → grades',
    comparisons: [
      {
        title: `${size}: ${columns} and the 4 weightiest of ${weights.length} reasons`,
        ...whole,
      },
      { title: `${size}: ${columns}, no reasons`, ...part },
    ],
    notes: [
      'DuckDB: the measured indicators lie in a table beforehand; the answer is made into a table; the weightiest reasons by four rounds of greatest(), the fastest of the ways tried (lists, list_grade_up, structs)',
      `DuckDB plans the whole query anew each time, about ${Math.round(planning)} ms of it; bookgrade compiles its formulas anew too`,
      'bookgrade without reasons: evaluate gives every column 8 bytes a row, tiers and hints too; assess and DuckDB give those one byte',
      'by hand: the rules of the default plan as code, claim counts taken for whole numbers, no progress, no Grades object',
    ],
  };
}

async function planningTime(connection, query) {
  const start = performance.now();
  await connection.run(`EXPLAIN ${query}`);
  return performance.now() - start;
}

/** Everything a grade has as columns of one name each. */
function flatColumns({ scores, tiers, hints, reasons }, length) {
  const flags = Object.entries(hints).map(([code, column]) => [`hint ${code}`, column]);
  const places = Array.from({ length: maxReasons }, (_, k) => [
    `place ${k}`,
    Int8Array.from({ length }, (_, row) => reasons[row * maxReasons + k]),
  ]);
  return { ...scores, ...tiers, ...Object.fromEntries(flags), ...Object.fromEntries(places) };
}
