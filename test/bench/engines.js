// @ts-check
import { ZenEngine } from '@gorules/zen-engine';
import { Engine } from 'json-rules-engine';
import { actions, permissibleLossRatio, riskTiers } from '../../dist/index.js';

/**
 * The decision that two rule engines take: risk tier, value tier, service tier and action of the
 * default plan, with the model's numbers. They are spared the scores: they get them as facts.
 */
export function settingsOf({ plan, parameters }) {
  return {
    minimumYears: plan.risk.minimumExposureYears,
    permissible: permissibleLossRatio(plan),
    costLine: 1 - plan.pricing.expenseRatio,
    frequentLine: 3 * parameters.book.claimFrequency,
    valueCut: parameters.value.cut,
    matrix: plan.service.matrix,
  };
}

/** What the engines are told of a customer, out of its measured indicators and its expected loss ratio. */
export function factsOf(customer, expected) {
  const { claimCount, recentClaimCount, exposureYears, recentExposureYears } = customer;
  return {
    expected,
    years: exposureYears,
    claims: claimCount,
    value: customer.annualPremium,
    recentClaims: recentClaimCount,
    frequency: exposureYears === 0 ? null : claimCount / exposureYears,
    largestClaim: customer.largestClaim,
    tenPremiums: exposureYears === 0 ? null : 10 * (customer.earnedPremium / exposureYears),
    recentRate: recentClaimCount * (exposureYears - recentExposureYears),
    twiceEarlierRate: 2 * (claimCount - recentClaimCount) * recentExposureYears,
  };
}

/** Decision tables in the format of GoRules: a table each, one after the other. */
export function zenTables(settings) {
  const { minimumYears, permissible, costLine, frequentLine, valueCut, matrix } = settings;
  const risk = table('risk', ['expected', 'years', 'claims'], 'risk', [
    [['null', '', ''], 'unrated'],
    [['', `< ${minimumYears}`, ''], 'unrated'],
    [['', '', '0'], 'excellent'],
    [['> 1', '', ''], 'high-risk'],
    [[`> ${permissible}`, '', ''], 'sub-healthy'],
    [['', '', ''], 'healthy'],
  ]);
  const value = table('value', ['value'], 'valueTier', [
    [[`>= ${valueCut}`], 'high'],
    [[''], 'low'],
  ]);
  const service = table(
    'service',
    ['risk', 'valueTier'],
    'service',
    riskTiers.flatMap((tier) =>
      ['high', 'low'].map((worth) => [[`'${tier}'`, `'${worth}'`], matrix[tier][worth]]),
    ),
  );
  const action = table(
    'action',
    ['expected', 'years', 'recentClaims', 'recentRate', 'largestClaim', 'claims', 'frequency'],
    'action',
    [
      [['$ != null and $ > 1', `>= ${minimumYears}`, '', '', '', '', ''], 'refer'],
      [['', '', '>= 2', '> twiceEarlierRate', '', '', ''], 'refer'],
      [['', '', '>= 2', '', '', '>= 3', ''], 'refer'],
      [['', '', '', '', 'tenPremiums != null and $ > tenPremiums', '', ''], 'restrict'],
      [['', '', '', '', '', '>= 2', `$ != null and $ > ${frequentLine}`], 'restrict'],
      [[`$ != null and $ > ${costLine}`, `>= ${minimumYears}`, '', '', '', '', ''], 'reprice'],
      [[`$ != null and $ > ${permissible}`, `>= ${minimumYears}`, '', '', '', '', ''], 'reprice'],
      [['', '', '', '', '', '', ''], 'renew'],
    ],
  );
  return decision([risk, value, service, action]);
}

/** The same as one node of expressions, without tables. */
export function zenExpressions(settings) {
  const { minimumYears, permissible, costLine, frequentLine, valueCut, matrix } = settings;
  const rated = `years >= ${minimumYears}`;
  const expectedOver = (line) => `(${rated} and expected != null and expected > ${line})`;
  const cellOf = (tier) =>
    `($.valueTier == 'high' ? '${matrix[tier].high}' : '${matrix[tier].low}')`;
  const cells = riskTiers.map((tier) => `$.risk == '${tier}' ? ${cellOf(tier)} : `);
  const expressions = {
    risk: `expected == null or years < ${minimumYears} ? 'unrated' : claims == 0 ? 'excellent' : expected > 1 ? 'high-risk' : expected > ${permissible} ? 'sub-healthy' : 'healthy'`,
    valueTier: `value >= ${valueCut} ? 'high' : 'low'`,
    service: `${cells.join('')}null`,
    action: `${expectedOver(1)} or (recentClaims >= 2 and (recentRate > twiceEarlierRate or claims >= 3)) ? 'refer' : (tenPremiums != null and largestClaim > tenPremiums) or (claims >= 2 and frequency != null and frequency > ${frequentLine}) ? 'restrict' : ${expectedOver(costLine)} or ${expectedOver(permissible)} ? 'reprice' : 'renew'`,
  };
  return decision([
    {
      id: 'grade',
      name: 'grade',
      type: 'expressionNode',
      content: {
        expressions: Object.entries(expressions).map(([key, value]) => ({ id: key, key, value })),
      },
    },
  ]);
}

function table(id, fields, output, rules) {
  const inputs = fields.map((field) => ({ id: `${id}-${field}`, name: field, field }));
  return {
    id,
    name: id,
    type: 'decisionTableNode',
    content: {
      hitPolicy: 'first',
      passThrough: true,
      executionMode: 'single',
      inputs,
      outputs: [{ id: `${id}-out`, name: output, field: output }],
      rules: rules.map(([conditions, answer], r) => ({
        _id: `${id}-${r}`,
        ...Object.fromEntries(inputs.map((input, k) => [input.id, conditions[k]])),
        [`${id}-out`]: `'${answer}'`,
      })),
    },
  };
}

/** Nodes in a row between input and output. */
function decision(steps) {
  const nodes = [
    { id: 'in', name: 'in', type: 'inputNode' },
    ...steps,
    { id: 'out', name: 'out', type: 'outputNode' },
  ];
  const edges = nodes.slice(1).map((node, k) => ({
    id: `edge-${k}`,
    type: 'edge',
    sourceId: nodes[k].id,
    targetId: node.id,
  }));
  return new ZenEngine().createDecision({ nodes, edges });
}

/** Rules for json-rules-engine: tiers first, what builds on them after, each kept as a fact. */
export function jsonRules(settings) {
  const { minimumYears, permissible, costLine, frequentLine, valueCut, matrix } = settings;
  const engine = new Engine();
  const is = (fact, operator, value) => ({ fact, operator, value });
  const over = (fact, line) => is(fact, 'greaterThan', line);
  const atLeast = (fact, line) => is(fact, 'greaterThanInclusive', line);
  const below = (fact, line) => is(fact, 'lessThan', line);
  const upTo = (fact, line) => is(fact, 'lessThanInclusive', line);
  const rule = (priority, fact, value, conditions) =>
    engine.addRule({
      priority,
      conditions,
      event: { type: fact, params: { value } },
      onSuccess: (event, almanac) => almanac.addRuntimeFact(fact, event.params?.value),
    });

  const rated = atLeast('years', minimumYears);
  const known = is('expected', 'notEqual', null);
  const claimed = over('claims', 0);
  rule(3, 'risk', 'unrated', {
    any: [is('expected', 'equal', null), below('years', minimumYears)],
  });
  rule(3, 'risk', 'excellent', { all: [known, rated, is('claims', 'equal', 0)] });
  rule(3, 'risk', 'high-risk', { all: [rated, claimed, over('expected', 1)] });
  rule(3, 'risk', 'sub-healthy', {
    all: [rated, claimed, over('expected', permissible), upTo('expected', 1)],
  });
  rule(3, 'risk', 'healthy', { all: [known, rated, claimed, upTo('expected', permissible)] });
  rule(3, 'valueTier', 'high', { all: [atLeast('value', valueCut)] });
  rule(3, 'valueTier', 'low', { all: [below('value', valueCut)] });

  const cells = new Map();
  for (const tier of riskTiers) {
    for (const worth of ['high', 'low']) {
      const cell = { all: [is('risk', 'equal', tier), is('valueTier', 'equal', worth)] };
      const service = matrix[tier][worth];
      cells.set(service, [...(cells.get(service) ?? []), cell]);
    }
  }
  for (const [service, any] of cells) rule(2, 'service', service, { any });

  rule(1, 'action', 'refer', {
    any: [
      { all: [rated, over('expected', 1)] },
      { all: [atLeast('recentClaims', 2), over('recentRate', { fact: 'twiceEarlierRate' })] },
      { all: [atLeast('recentClaims', 2), atLeast('claims', 3)] },
    ],
  });
  const large = over('largestClaim', { fact: 'tenPremiums' });
  rule(1, 'action', 'restrict', {
    any: [
      { all: [is('tenPremiums', 'notEqual', null), large] },
      { all: [atLeast('claims', 2), over('frequency', frequentLine)] },
    ],
  });
  rule(1, 'action', 'reprice', {
    all: [rated, { any: [over('expected', costLine), over('expected', permissible)] }],
  });
  return engine;
}

/** The answers of a run of json-rules-engine: its events, and the most serious of the actions. */
export function answersOf({ events }) {
  const seriousness = (action) => actions.findIndex((name) => name === action);
  const answers = { action: 'renew' };
  for (const { type, params } of events) {
    const { value } = params;
    const milder = type === 'action' && seriousness(value) < seriousness(answers.action);
    if (!milder) answers[type] = value;
  }
  return answers;
}
