import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  actions,
  assess,
  type Customer,
  calibrate,
  en,
  et,
  type Grade,
  gradeAt,
  grader,
  indicators,
  type Locale,
  loyalties,
  purchases,
  readBook,
  readPlan,
  riskTiers,
  startingGrounds,
  valueTiers,
  zh,
} from '../../src/index.js';
import { explanation } from '../../src/report.js';
import { described } from '../../src/scoring/scores.js';
import { everyReason } from '../../src/segments/reasons.js';
import { bookgrade, smallBook } from '../support/command.js';
import { fixedModel, steady } from '../support/fixed-model.js';
import { asOf, randomPlan, withPremium } from '../support/random-book.js';
import { runs } from '../support/slow.js';

const locales = [en, zh, et];
/** What holds a tier in the words of whyNot. */
const heldRules = ['grace_still_lasts', 'the_renewal_is_still_to_come', 'it_was_set_by_hand'];
const others = [zh, et];
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
const letters = (text: string) => text.replaceAll(/\{\w+\}/g, '').replaceAll(/\P{L}/gu, '');

/** Every text of a language under the path to it. */
function textsOf(of: unknown, path = ''): [path: string, text: string][] {
  if (typeof of === 'string') return [[path, of]];
  return Object.entries(of as object).flatMap(([key, part]) => textsOf(part, `${path}/${key}`));
}

describe('every code that can be spoken has a text in three languages', () => {
  const known = { loyalties, purchases };
  const hints = Object.fromEntries(readPlan().hints.map(({ code, text }) => [code, text]));
  const reasons = Object.fromEntries(everyReason.map(({ code, text }) => [code, text]));
  const grounds = Object.fromEntries(
    startingGrounds()
      .filter(({ actions: barred }) => barred.length > 0)
      .map(({ code, text }) => [code, text]),
  );
  const { catalogue } = readPlan().service;
  const names = (list: readonly string[]) =>
    Object.fromEntries(list.filter((name) => name !== 'unknown').map((name) => [name, name]));
  const entitlements = Object.values(catalogue).flatMap((service) => service.entitlements);
  const spoken: [string, Record<string, string>, (locale: Locale) => Record<string, string>][] = [
    ['reasons', reasons, (locale) => locale.reasons],
    ['hints of the default plan', hints, (locale) => locale.hints],
    ['risk tiers', names(riskTiers), (locale) => locale.tiers],
    ['what risk tiers mean', names(riskTiers), (locale) => locale.meanings],
    ['value tiers', names(valueTiers), (locale) => locale.page.valueTiers],
    ['actions', names(actions), (locale) => locale.page.actions],
    [
      'services of the default plan',
      names(Object.keys(catalogue)),
      (locale) => locale.page.services,
    ],
    ['their entitlements', names(entitlements), (locale) => locale.page.entitlements],
    ['prohibited grounds that withhold', grounds, (locale) => locale.page.grounds],
    ['loyalty', names(known.loyalties), (locale) => locale.page.loyalties],
    ['purchases', names(known.purchases), (locale) => locale.page.purchases],
    [
      'indicators, scores and settings',
      names([...described.keys(), 'no_rule_holds', ...heldRules]),
      (locale) => locale.labels,
    ],
  ];

  test.each(spoken)('%s', (_, english, of) => {
    for (const locale of others) {
      const texts = of(locale);
      expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
      for (const [code, text] of Object.entries(texts)) {
        expect([code, placeholders(text)]).toEqual([code, placeholders(english[code])]);
      }
    }
  });

  test('the page and the sentences of whyNot take the same values in every language', () => {
    // The English of these stands with their rules, in the plan, or is the same for all.
    const skipped =
      /^\/(reasons|hints|labels|tiers|page\/services|page\/entitlements|page\/grounds)\//;
    const english = Object.fromEntries(textsOf(en).filter(([path]) => !skipped.test(path)));
    expect(Object.keys(english).length).toBeGreaterThan(100);
    for (const locale of others) {
      const texts = Object.fromEntries(textsOf(locale).filter(([path]) => !skipped.test(path)));
      expect(Object.keys(texts)).toEqual(Object.keys(english));
      for (const [path, text] of Object.entries(texts)) {
        expect([path, placeholders(text)]).toEqual([path, placeholders(english[path])]);
      }
    }
  });

  test('Chinese is written in Chinese', () => {
    const latin = textsOf(zh).filter(
      ([path, text]) => path !== '/name' && /[a-z]/i.test(letters(text)),
    );
    expect(latin).toEqual([]);
    const said = textsOf(zh).filter(([, text]) => letters(text) !== '');
    expect(said.length).toBeGreaterThan(200);
  });

  test('Estonian is not left in English', () => {
    const english = new Set(
      [...textsOf(en), ...textsOf({ ...readPlan().hints, ...everyReason })].map(([, text]) => text),
    );
    const left = textsOf(et).filter(([, text]) => letters(text) !== '' && english.has(text));
    expect(left).toEqual([]);
  });
});

/** All that a grade says, and the page it is explained on. */
const said = (grade: Grade, locale: Locale): string =>
  [
    explanation(grade, { locale }),
    ...(grade.locale === locale.name
      ? [
          ...grade.reasons.map(({ text }) => text),
          ...grade.underwriting.hints.map(({ text }) => text),
          ...grade.conditions.flatMap((rule) =>
            [rule, ...rule.comparisons].map(({ text }) => text),
          ),
          grade.whyNot?.text ?? '',
          grade.whyNot?.because ?? '',
        ]
      : []),
  ]
    .join('\n')
    .replaceAll(grade.customerId, '№');

const codes = [
  ...everyReason.map(({ code }) => code),
  ...readPlan().hints.map(({ code }) => code),
].filter((code) => code.includes('-'));

function expectPlain(grade: Grade, locale: Locale) {
  const text = said(grade, locale);
  expect(text).not.toMatch(/NaN|undefined|null|Infinity|[{}]|\w_\w|\[object/);
  // Two codes are plain English: "claim-free years", "the high-value line".
  const plain = locale === en ? ['claim-free', 'high-value'] : [];
  expect(codes.filter((code) => text.includes(code) && !plain.includes(code))).toEqual([]);
  if (locale === zh) expect(text).not.toMatch(/[a-z]/i);
  if (locale === et)
    expect(text).not.toMatch(/\b(the|of|is|at|claims?|years?|renew|healthy|low)\b/);
}

describe('a text shows no missing value, no raw code and no other language', () => {
  test('in random books, whichever language the grade was made in', () => {
    fc.assert(
      fc.property(withPremium, randomPlan, (book, plan) => {
        const table = indicators(readBook(book.policies, book.claims).book, { asOf, plan });
        const grades = assess(table, calibrate(table, plan));
        const inEnglish = gradeAt(grades);
        for (const locale of locales) {
          const told = gradeAt(grades, { locale });
          for (let row = 0; row < grades.length; row++) {
            const grade = told(row);
            expectPlain(grade, locale);
            expect(explanation(inEnglish(row), { locale })).toBe(explanation(grade, { locale }));
          }
        }
      }),
      { numRuns: runs(30) },
    );
  });

  const odd: [string, Partial<Customer>][] = [
    ['nothing that may be left out', {}],
    ['no premium', { earnedPremium: 0, claimCount: 1 }],
    ['nothing at all', { earnedPremium: 0, exposureYears: 0, annualPremium: 0, tenureYears: 0 }],
    ['a few days', { exposureYears: 0.01, tenureYears: 0.01 }],
    ['lapsed', { lapsed: 1, policyCount: 0, lineCount: 0, renewals: 2, annualPremium: 0 }],
    [
      'every hint of losses',
      {
        claimCount: 4,
        recentClaimCount: 4,
        recentExposureYears: 1,
        largestClaim: 1e6,
        incurredLoss: 1e6,
      },
    ],
    ['money back', { claimCount: 1, incurredLoss: -300 }],
    ['long with us, of high value', { tenureYears: 12, claimFreeYears: 12, annualPremium: 1e7 }],
    [
      'a year of everything',
      { claimCount: 1, claimFreeYears: 1, tenureYears: 1, exposureYears: 1 },
    ],
  ];
  const plans = {
    default: {},
    'own rules': {
      currency: 'EUR',
      risk: {
        rules: [
          {
            tier: 'high-risk',
            when: ['not', ['or', ['<', 'claim_count', 1], ['missing', 'severity']]],
          },
          { tier: 'healthy', when: ['and', ['>=', 'annual_premium', 100], ['!=', 'lapsed', 1]] },
        ],
        otherwise: 'unrated',
      },
    },
    'no rules': { risk: { rules: [], otherwise: 'sub-healthy' } },
    'on the observed loss ratio': { risk: { basis: 'observed', highRiskCertainty: 0.7 } },
  } as const;
  const cases = Object.entries(plans).flatMap(([name, plan]) =>
    odd.map(([who, change]) => ({ name, plan, who, change })),
  );

  test.each(cases)('of a customer with $who under a plan with $name', ({ plan, change }) => {
    for (const locale of locales) {
      const grade = grader(fixedModel(plan as object), { locale });
      expectPlain(grade({ ...steady, ...change }), locale);
      expectPlain(grade({ ...steady, ...change }, '2024-01-01'), locale);
    }
  });
});

describe('numbers and money', () => {
  const of = (locale: Locale, change: Partial<Customer>, currency?: string) =>
    grader(fixedModel({ ...(currency && { currency }) }), { locale })({ ...steady, ...change });
  const highValue = (locale: Locale, currency?: string) =>
    of(locale, { annualPremium: 12_345.6 }, currency).reasons.find(
      ({ code }) => code === 'high-value',
    )?.text;

  test('are plain without a currency, in the way of the language', () => {
    expect(highValue(en)).toBe('A value of 12,345.60 reaches the high-value line at 500.00');
    expect(highValue(zh)).toBe('价值为12,345.60，达到500.00的高价值标准');
    expect(highValue(et)).toBe(
      'Väärtus 12\u00a0345,60 ulatub kõrge väärtuse piirini, mis on 500,00',
    );
  });

  test("are in the plan's currency where it names one", () => {
    expect(highValue(en, 'EUR')).toContain('€12,345.60');
    expect(highValue(zh, 'CNY')).toContain('¥12,345.60');
    expect(highValue(et, 'EUR')).toContain('12\u00a0345,60\u00a0€');
  });

  test('a currency is a code of three capitals', () => {
    expect(() => readPlan({ currency: 'euro' })).toThrow(
      'code of three capitals (ISO 4217), as EUR',
    );
  });

  test('per cent and things have the forms of the language', () => {
    const decided = (locale: Locale, change: Partial<Customer>) =>
      of(locale, change).reasons[0].text;
    expect(decided(en, { claimCount: 2 })).toBe(
      'A loss ratio of 121.6% is above break-even at 100%',
    );
    expect(decided(zh, { claimCount: 2 })).toBe('赔付率为121.6%，高于100%的盈亏平衡线');
    expect(decided(et, { claimCount: 2 })).toBe(
      'Kahjusuhe 121,6% on üle tasuvuspiiri, mis on 100%',
    );
    // A rating needs a year; after a number other than 1 Estonian has the partitive.
    expect(decided(et, { exposureYears: 0.5 })).toBe(
      'Kindlustatud aega on vaid 0,5 aastat; hindamiseks on vaja 1 aasta',
    );
    expect(decided(zh, { exposureYears: 0.5 })).toBe('承保经验只有0.5年，评级需要1年');
    expect(of(et, { exposureYears: 0.99 }).whyNot?.text).toBe(
      'hindamata: kindlustatud aega on 0,99 aastat, hindamiseks jääb puudu 4 päeva',
    );
    expect(of(zh, { exposureYears: 0.99 }).whyNot?.text).toBe(
      '未评级：承保经验为0.99年，距评级还差4天',
    );
    const more = (locale: Locale, claimCount: number) =>
      of(locale, { claimCount }).reasons.find(({ code }) => code === 'more-claims-than-average')
        ?.text;
    expect(more(et, 1)).toMatch(/^Vaatlusajal on 1 kahjujuhtum;/);
    expect(more(et, 2)).toMatch(/^Vaatlusajal on 2 kahjujuhtumit;/);
    expect(more(zh, 2)).toMatch(/^观察期内有2起赔案；/);
  });

  test('whyNot says the rule and the change in the language', () => {
    const change = { claimCount: 2, claimFreeYears: 1 };
    expect(of(zh, change).whyNot?.text).toBe(
      '高风险，因为预期赔付率高于1；大约再有2年无赔案，或更短，即可升为优质',
    );
    expect(of(et, change).whyNot?.text).toBe(
      'kõrge riskiga, sest oodatav kahjusuhe on suurem kui 1; veel umbes 2 kahjuvaba aastat või vähem viiks klassi „suurepärane“',
    );
  });
});

describe("a plan's own hint", () => {
  const hint = {
    code: 'ask',
    action: 'refer' as const,
    when: 1,
    indicator: 'claim_count',
    compared: 0,
    text: 'Ask about {observed}',
  };
  const told = (change: object, locale: Locale) =>
    grader(fixedModel({ hints: [{ ...hint, ...change }] }), { locale })(steady).underwriting
      .hints[0].text;

  test('speaks the languages it has texts in, and its own where it has none', () => {
    expect(told({ texts: { zh: '请询问{observed}' } }, zh)).toBe('请询问0起');
    expect(told({ texts: { zh: '请询问{observed}' } }, et)).toBe('Ask about 0 kahjujuhtumit');
  });

  test('that says something else under a known code is not translated as if it did not', () => {
    expect(told({ code: 'marginal', text: 'Ask Kim' }, zh)).toBe('Ask Kim');
    const grade = grader(fixedModel({ hints: [{ ...hint, code: 'marginal', text: 'Ask Kim' }] }));
    expect(explanation(grade(steady), { locale: zh })).toContain('Ask Kim');
  });
});

describe('the command line', () => {
  const { book, policies, claims } = smallBook();

  test.each(locales)('explains as the library does, in $name', async (locale) => {
    const rows = (path: string) => {
      const [header, ...lines] = readFileSync(path, 'utf8').trim().split('\n');
      return lines.map((line) =>
        Object.fromEntries(header.split(',').map((name, c) => [name, line.split(',')[c]])),
      );
    };
    const read = readBook(rows(policies), rows(claims)).book;
    const table = indicators(read, { asOf: '2024-01-01' });
    const grade = gradeAt(assess(table, calibrate(table)), { locale });
    for (const [row, id] of table.ids.entries()) {
      const { code, out, err } = await bookgrade('explain', id, ...book, '--locale', locale.name);
      expect([code, err, out]).toEqual([0, '', `${explanation(grade(row), { locale })}\n`]);
    }
  });

  test('speaks English unless it is asked for another language', async () => {
    const plain = await bookgrade('explain', 'bob', ...book);
    expect(plain.out).toBe((await bookgrade('explain', 'bob', ...book, '--locale', 'en')).out);
  });
});

test('who only scores brings no language but English along', () => {
  const reached = new Set<string>();
  const follow = (path: string) => {
    if (reached.has(path)) return;
    reached.add(path);
    const text = readFileSync(path, 'utf8');
    for (const [, from] of text.matchAll(/^(?:import|export)(?! type)[^'";]*?'(\.[^']+)\.js'/gm)) {
      follow(join(dirname(path), `${from}.ts`));
    }
  };
  for (const entry of ['model/model-file', 'grading/assess', 'grading/grader'])
    follow(join('src', `${entry}.ts`));
  expect(reached.size).toBeGreaterThan(30);
  expect([...reached].filter((path) => /locales|report|english/.test(path)).sort()).toEqual([
    join('src', 'segments', 'english.ts'),
  ]);
});
