// @ts-check
import { dayFromISO, indicators as measure, readBook, readPlan } from '../../dist/index.js';
import { syntheticBook } from './book.js';
import { calendarTables } from './calendar-by-hand.js';
import { checkEqual } from './compare.js';
import { load, numbersOf, openDuckDB } from './duckdb.js';
import { indicatorsByHand } from './indicators-by-hand.js';
import { indicatorsSQL } from './indicators-sql.js';
import { readByHand } from './read-by-hand.js';
import { turnByTurn } from './timing.js';

/** Part 1, rows → indicators: bookgrade, loops by hand, and SQL over tables loaded beforehand. */
export async function indicators({ customers, rounds, warmUps }) {
  const { policies, claims, asOf } = syntheticBook(customers);
  const { book } = readBook(policies, claims);
  const table = measure(book, { asOf });
  // Nothing is set aside under the default plan, and no book here knows the price for a new customer.
  const { set_aside_claim_count, set_aside_loss, new_business_premium, ...columns } = table.columns;
  const nothing = [...set_aside_claim_count, ...set_aside_loss].every((value) => value === 0);
  if (!nothing || !new_business_premium.every(Number.isNaN)) throw new Error('not a plain book');
  const { tenure, claims: claimPlan } = readPlan();
  const settings = { graceDays: tenure.graceDays, notCounted: claimPlan.notCounted };
  const yearsBefore = (years) => `${Number(asOf.slice(0, 4)) - years}${asOf.slice(4)}`;
  const years = [0, 1, 2].map((back) => ({
    from: dayFromISO(yearsBefore(back + 1)),
    to: dayFromISO(yearsBefore(back)),
  }));

  const prepared = readByHand(policies, claims);
  const byHand = (read) =>
    indicatorsByHand(read, {
      ...settings,
      asOf: dayFromISO(asOf),
      years,
      calendar: calendarTables(),
    });
  const found = byHand(prepared);
  checkEqual('by hand', columns, found.columns);
  checkEqual('by hand', columnsBeside(table), columnsBeside(found));

  const connection = await openDuckDB();
  await loadTables(connection, policies, claims);
  const query = indicatorsSQL({
    ...settings,
    asOf,
    windowFrom: yearsBefore(3),
    recentFrom: yearsBefore(1),
  });
  const inDuckDB = async (schema) => {
    await connection.run(`SET schema = '${schema}'`);
    await connection.run(`CREATE OR REPLACE TEMP TABLE answers AS ${query}`);
    return table.length;
  };
  for (const schema of ['texts', 'numbers']) {
    await inDuckDB(schema);
    const answers = 'SELECT * EXCLUDE (customer) FROM answers ORDER BY customer';
    checkEqual('DuckDB', columns, await numbersOf(connection, answers, table.length));
  }

  const whole = await turnByTurn(
    [
      {
        name: 'bookgrade: readBook + indicators',
        run: () => measure(readBook(policies, claims).book, { asOf }).length,
      },
      {
        name: 'by hand, nothing checked',
        run: () => byHand(readByHand(policies, claims)).ids.length,
      },
      { name: 'DuckDB, one thread: dates, ids as text', run: () => inDuckDB('texts') },
    ],
    { rounds, warmUps },
  );
  const step = await turnByTurn(
    [
      { name: 'bookgrade: indicators(book)', run: () => measure(book, { asOf }).length },
      { name: 'by hand, from typed arrays', run: () => byHand(prepared).ids.length },
      { name: 'DuckDB, one thread: dates, ids as integers', run: () => inDuckDB('numbers') },
    ],
    { rounds, warmUps },
  );
  const many = (count) => count.toLocaleString('en');
  const size = `${many(customers)} customers, ${many(policies.from.length)} terms, ${many(claims.paid.length)} claims`;
  return {
    title: '1. rows → indicators',
    comparisons: [
      { title: `${size}: from the columns of the files (ids and ISO dates as text)`, ...whole },
      { title: `${size}: from what has been read and sorted`, ...step },
    ],
    notes: [
      `all ${Object.keys(columns).length} indicators on every side; bookgrade and the loop also the figures by experience year and the line, channel and branch of the main term, which the SQL leaves out`,
      'DuckDB: tables with typed columns (DATE, DOUBLE, ENUM) loaded beforehand, so no date is parsed; the answer is made into a table. No faults are looked for (bad dates, duplicate or overlapping terms …); claims are matched to their terms in the first comparison and lie matched in the second',
      'by hand: no faults are looked for, claims go by policy alone; in the second comparison terms lie sorted by customer, claims with their customer, as in a book',
    ],
  };
}

/** The tables of the files, and the same with whole numbers for ids and claims matched. */
async function loadTables(connection, policies, claims) {
  await load(connection, 'policy_file', policies);
  await load(connection, 'claim_file', claims);
  const statements = `
    CREATE TYPE line AS ENUM (SELECT DISTINCT line FROM policy_file ORDER BY line);
    CREATE SCHEMA texts;
    CREATE TABLE texts.policies AS SELECT customer_id AS customer, policy_id AS policy,
      "from"::DATE AS from_day, "to"::DATE AS to_day, cancelled_on::DATE AS cancelled_on, premium,
      line::line AS line FROM policy_file;
    CREATE TABLE texts.claim_rows AS SELECT policy_id AS policy, occurred_on::DATE AS occurred_on,
      reported_on::DATE AS reported_on, paid + reserve AS incurred, status FROM claim_file;
    CREATE VIEW texts.claims AS SELECT p.customer, c.* FROM texts.claim_rows c
      JOIN texts.policies p ON p.policy = c.policy AND p.from_day <= c.occurred_on
      AND c.occurred_on < least(p.to_day, coalesce(p.cancelled_on, p.to_day));
    CREATE TABLE customers AS SELECT customer, row_number() OVER (ORDER BY customer)::INTEGER AS id
      FROM (SELECT DISTINCT customer FROM texts.policies);
    CREATE TABLE ids AS SELECT policy, row_number() OVER (ORDER BY policy)::INTEGER AS id
      FROM (SELECT DISTINCT policy FROM texts.policies);
    CREATE SCHEMA numbers;
    CREATE TABLE numbers.policies AS SELECT p.* REPLACE (c.id AS customer, i.id AS policy)
      FROM texts.policies p JOIN customers c USING (customer) JOIN ids i USING (policy)
      ORDER BY 1, 2, from_day;
    CREATE TABLE numbers.claims AS SELECT d.* REPLACE (c.id AS customer, i.id AS policy)
      FROM texts.claims d JOIN customers c USING (customer) JOIN ids i USING (policy) ORDER BY 1;
    DROP TABLE policy_file; DROP TABLE claim_file; DROP TABLE customers; DROP TABLE ids;
    ANALYZE;`;
  for (const statement of statements.split(';'))
    if (statement.trim()) await connection.run(statement);
}

/** What a table has beside its indicators, as columns to compare; texts by their first letters. */
function columnsBeside({ cells, attributes }) {
  const { years, ...figures } = cells;
  const coded = Array.isArray(attributes)
    ? Object.fromEntries(attributes.map((attribute) => [attribute.name, attribute]))
    : attributes;
  const sorted = ({ codes, labels }) => {
    const ranks = labels.map((label) => [...labels].sort().indexOf(label));
    return Float64Array.from(codes, (code) => ranks[code]);
  };
  const named = Object.entries(coded).map(([name, column]) => [name, sorted(column)]);
  return { ...figures, ...Object.fromEntries(named) };
}
