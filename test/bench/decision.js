// @ts-check

import { compile, scoringFormulas } from '../../dist/formula.js';
import {
  actions,
  calibrate,
  grader,
  indicators,
  readBook,
  riskTiers,
  valueTiers,
} from '../../dist/index.js';
import { measuredNames, syntheticBook } from './book.js';
import { Difference } from './compare.js';
import { answersOf, factsOf, jsonRules, settingsOf, zenExpressions, zenTables } from './engines.js';
import { turnByTurn } from './timing.js';

const bookCustomers = 20_000;
const people = 4_000;
const questions = ['risk', 'valueTier', 'service', 'action'];

/** Part 3, one customer after the other, as a service decides: bookgrade and two rule engines. */
export async function decision({ decisions, rounds, warmUps }) {
  const { policies, claims, asOf } = syntheticBook(bookCustomers);
  const table = indicators(readBook(policies, claims).book, { asOf });
  const model = calibrate(table);
  const customers = someCustomers(table);
  const grade = grader(model);
  const bare = bareDecision(model);
  const settings = settingsOf(model);
  const [tables, expressions] = [zenTables(settings), zenExpressions(settings)];
  const rules = jsonRules(settings);

  const grades = customers.map((customer) => grade(customer));
  const expected = grades.map(({ risk, value, service, underwriting }) => ({
    risk: risk.tier,
    valueTier: value.tier,
    service: service.tier,
    action: underwriting.action,
  }));
  const facts = customers.map((customer, i) => factsOf(customer, grades[i].risk.expectedLossRatio));
  for (let i = 0; i < customers.length; i++) {
    const check = (side, found) => sameAnswers(side, i, expected[i], found);
    check('bookgrade, bare', bare(customers[i]));
    check('zen, tables', (await tables.evaluate(facts[i])).result);
    check('zen, expressions', (await expressions.evaluate(facts[i])).result);
    check('json-rules-engine', answersOf(await rules.run(facts[i])));
  }

  const inTurn = (count, decide) => () => {
    let found = 0;
    for (let k = 0; k < count; k++) found += decide(k % people);
    return found;
  };
  const inTurnAsync = (count, decide) => async () => {
    let found = 0;
    for (let k = 0; k < count; k++) found += await decide(k % people);
    return found;
  };
  // The engines are slower by far; a tenth of the decisions takes them long enough to time.
  const fewer = decisions / 10;
  const [whole, alone, ...engines] = [
    {
      name: 'bookgrade: grader(model)(customer), a whole grade in words',
      count: decisions,
      run: inTurn(decisions, (i) => grade(customers[i]).service.budget),
    },
    {
      name: 'bookgrade: four answers from compile(formulas)',
      count: decisions,
      run: inTurn(decisions, (i) => bare(customers[i]).action.length),
    },
    {
      name: 'json-rules-engine (async): four answers of given scores',
      count: fewer,
      run: inTurnAsync(fewer, async (i) => answersOf(await rules.run(facts[i])).action.length),
    },
    {
      name: 'zen, decision tables (async): four answers of given scores',
      count: fewer,
      run: inTurnAsync(fewer, async (i) => (await tables.evaluate(facts[i])).result.action.length),
    },
    {
      name: 'zen, one node of expressions (async): the same',
      count: fewer,
      run: inTurnAsync(
        fewer,
        async (i) => (await expressions.evaluate(facts[i])).result.action.length,
      ),
    },
  ];
  const many = (count) => count.toLocaleString('en');
  const size = `${many(decisions)} decisions in turn (the engines ${many(fewer)}), answers checked for ${many(people)} customers`;
  return {
    title: '3. one decision',
    comparisons: [
      {
        title: `the whole grade beside engines that give four answers: ${size}`,
        ...(await turnByTurn([whole, ...engines], { rounds, warmUps })),
      },
      {
        title: `four answers on every side (risk, value and service tier, action): ${size}`,
        ...(await turnByTurn([alone, ...engines], { rounds, warmUps })),
      },
    ],
    notes: [
      'bookgrade starts from measured indicators, checks them, works out scores, tiers and hints, and words reasons, hints and the way to a better tier; the bare variant stops at the four answers',
      'the engines get the expected loss ratio and what else needs arithmetic ready, prepared outside the timing; they return tiers and action only. Both can only be asked asynchronously',
      'zen answers from another thread: most of its time is the way there and back, which depends on how quickly the machine wakes a thread (50 to 200 µs seen on one machine)',
      'assess on a table of one row is no way to decide: it makes columns and compiles the formulas every time',
    ],
  };
}

/** Customers of the table, every twentieth with a figure that is out of the ordinary. */
function someCustomers({ columns, length }) {
  return Array.from({ length: people }, (_, k) => {
    const row = Math.floor((k * length) / people);
    const customer = { customerId: k };
    for (const name of measuredNames) customer[camelCase(name)] = columns[name][row];
    if (k % 20 === 0) customer.earnedPremium = 0;
    if (k % 20 === 1) customer.exposureYears = 0;
    if (k % 20 === 2) customer.claimCount = 3;
    if (k % 20 === 3) customer.recentClaimCount = customer.claimCount;
    return /** @type {import('../../dist/index.js').Customer} */ (customer);
  });
}

const camelCase = (name) => name.replaceAll(/_(\w)/g, (_, letter) => letter.toUpperCase());

/** The four answers with nothing around them: only the formulas that they need, on a block of one. */
function bareDecision(model) {
  const wanted = ['risk_tier', 'value_tier', 'service_tier', 'action'];
  const program = compile(neededFor(wanted, scoringFormulas(model)), measuredNames, 1);
  const inputs = measuredNames.map((name) => ({
    key: camelCase(name),
    register: program.register(name),
  }));
  const [risk, value, service, action] = wanted.map((name) => program.register(name));
  const services = Object.keys(model.plan.service.catalogue);
  return (customer) => {
    for (const { key, register } of inputs) register[0] = customer[key] ?? Number.NaN;
    program.run(1);
    return {
      risk: riskTiers[risk[0]],
      valueTier: valueTiers[value[0]],
      service: services[service[0]],
      action: actions[action[0]],
    };
  };
}

/** The formulas that some names build on, in their order. */
function neededFor(wanted, formulas) {
  const needed = new Set(wanted);
  const names = (formula) => {
    if (typeof formula === 'string') needed.add(formula);
    else if (Array.isArray(formula)) formula.slice(1).forEach(names);
  };
  return formulas
    .toReversed()
    .filter(({ name, formula }) => {
      if (!needed.has(name)) return false;
      names(formula);
      return true;
    })
    .reverse();
}

function sameAnswers(side, k, expected, found) {
  const differs = questions.find((question) => found[question] !== expected[question]);
  if (!differs) return;
  throw new Difference(
    `${side}: ${differs} of customer ${k} is ${found[differs]}, bookgrade has ${expected[differs]}`,
  );
}
