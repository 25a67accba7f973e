import { test } from 'vitest';
import { issueCodes } from '../../src/book/issues.js';
import { lintCodes } from '../../src/lint/finding.js';
import { en } from '../../src/locales/en.js';
import { defaultHints } from '../../src/plan/default-hints.js';
import { actions } from '../../src/plan/hint.js';
import { loyalties, purchases } from '../../src/plan/lifecycle.js';
import { readPlan } from '../../src/plan/read-plan.js';
import { riskTiersOf } from '../../src/plan/risk.js';
import { startingGrounds } from '../../src/plan/starting-grounds.js';
import { valueTiers } from '../../src/plan/value.js';
import { everyReason } from '../../src/segments/reasons.js';
import { serviceTiers } from '../../src/segments/service.js';
import { textFor } from '../../src/segments/words.js';
import { expectInReadme } from '../support/readme.js';

const table = (header: string[], rows: string[][]) =>
  [header.join(' | '), header.map(() => '---').join(' | '), ...rows.map((row) => row.join(' | '))]
    .map((line) => `| ${line} |`)
    .join('\n');
const code = (name: string) => `\`${name}\``;
const texts = (of: Readonly<Record<string, string>>) =>
  Object.entries(of).map(([name, text]) => [code(name), text]);
const plan = readPlan();

test.each([
  [
    'reasons',
    table(
      ['reason', 'for or against', 'text'],
      everyReason.map((rule) => [code(rule.code), rule.favours ? 'for' : 'against', rule.text]),
    ),
  ],
  [
    'hints',
    table(
      ['hint', 'action', 'text'],
      defaultHints.map((hint) => [code(hint.code), code(hint.action), hint.text]),
    ),
  ],
  [
    'actions',
    table(
      ['action', 'meaning'],
      actions.map((action) => [code(action), en.page.actions[action]]),
    ),
  ],
  [
    'tiers',
    table(
      ['tier', 'kind', 'meaning'],
      [
        ...riskTiersOf(plan).map((tier) => [code(tier), 'risk', textFor(en.meanings, tier) ?? '']),
        ...valueTiers.map((tier) => [code(tier), 'value', `${en.page.valueTiers[tier]} value`]),
        ...serviceTiers(plan).map((tier) => [
          code(tier),
          'service',
          plan.service.catalogue[tier].entitlements.join('; '),
        ]),
        ...loyalties.map((loyalty) => [
          code(loyalty),
          'loyalty',
          textFor(en.page.loyalties, loyalty) ?? 'what decides is missing',
        ]),
        ...purchases.map((purchase) => [
          code(purchase),
          'purchase',
          textFor(en.page.purchases, purchase) ?? 'what decides is missing',
        ]),
      ],
    ),
  ],
  [
    'grounds',
    table(
      ['ground', 'jurisdiction', 'text'],
      startingGrounds().map((ground) => [code(ground.code), ground.jurisdiction, ground.text]),
    ),
  ],
  ['issues', table(['issue', 'meaning'], texts(issueCodes))],
  ['lint', table(['finding', 'meaning'], texts(lintCodes))],
])('docs/codes.md lists the %s', (name, made) => {
  expectInReadme(name, made, 'docs/codes.md');
});
