import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assess,
  claimsNotCounted,
  en,
  et,
  grader,
  indicators,
  type NotCounted,
  type PlanInput,
  readBook,
  readExperience,
  type Standing,
  summarize,
  zh,
} from '../../src/index.js';
import { explanation } from '../../src/report.js';
import { bookgrade, smallBook } from '../support/command.js';
import { fixedModel, steady } from '../support/fixed-model.js';
import { asOf, withPremium } from '../support/random-book.js';
import { runs } from '../support/slow.js';

const { file, policies, book: smallInput } = smallBook();

/** Cover since 2015, and claims of 2019, 2022 and 2023, with one that was withdrawn and one that is nil. */
const terms = Array.from({ length: 9 }, (_, k) => ({
  customerId: 'Ann',
  policyId: 'A',
  from: `${2015 + k}-01-01`,
  to: `${2016 + k}-01-01`,
  premium: 100,
}));
const claims = [
  { occurredOn: '2019-02-01', paid: 300 },
  { occurredOn: '2022-05-01', paid: 500 },
  { occurredOn: '2023-05-01', paid: 40, reserve: 2 },
  { occurredOn: '2023-06-01', paid: 0, status: 'withdrawn' },
  { occurredOn: '2019-03-01', paid: 7, status: 'nil' },
].map((claim, k) => ({ claimId: k, policyId: 'A', ...claim }));
const { book } = readBook(terms, claims);
const day = '2024-01-01';
const plan: PlanInput = {
  window: { months: 72 },
  claims: { lookBackMonths: 48, forgiveFirst: { years: 3 } },
};

describe('the claims that do not count', () => {
  test('are told by the rule that leaves them out, in claims and money', () => {
    expect(claimsNotCounted(book, 'Ann', { asOf: day, plan })).toEqual<NotCounted[]>([
      // The nil claim of 2019 does not count by its status, but what it cost is set aside as too old.
      { rule: 'look-back', limit: 48, claims: 1, incurred: 307 },
      { rule: 'forgiveness', limit: 3, claims: 1, incurred: 500 },
      { rule: 'nil', limit: null, claims: 1, incurred: 0 },
      { rule: 'withdrawn', limit: null, claims: 1, incurred: 0 },
    ]);
    const model = fixedModel(plan);
    expect(claimsNotCounted(book, 'Ann', { asOf: day, model })).toHaveLength(4);
    expect(
      claimsNotCounted(book, 'Ann', { asOf: day, plan: { claims: { notCounted: [] } } }),
    ).toEqual([]);
  });

  test('are none that the day did not know, and whole sums of a yearly book', () => {
    const before = { asOf: '2023-06-01', plan };
    expect(claimsNotCounted(book, 'Ann', before).map(({ rule }) => rule)).not.toContain(
      'withdrawn',
    );
    const sums = [2020, 2021, 2022, 2023].map((year) => ({
      ...{ customerId: 'Ann', from: `${year}-01-01`, to: `${year + 1}-01-01`, premium: 100 },
      ...{ claimCount: 2, incurred: 10 },
    }));
    const ofSums = { window: { months: 48 }, claims: { lookBackMonths: 24 } };
    expect(claimsNotCounted(readExperience(sums).book, 'Ann', { asOf: day, plan: ofSums })).toEqual(
      [{ rule: 'look-back', limit: 24, claims: 4, incurred: 20 }],
    );
  });

  test('law: those too old or forgiven are what the customer has set aside', () => {
    const settings = fc.record({
      lookBackMonths: fc.constantFrom(6, 24, 60),
      forgiveFirst: fc.record({ years: fc.constantFrom(1, 2, 5) }),
    });
    fc.assert(
      fc.property(withPremium, settings, (rows, of) => {
        const options = { asOf, plan: { window: { months: 60 }, claims: of } };
        const random = readBook(rows.policies, rows.claims).book;
        const { ids, columns } = indicators(random, options);
        ids.forEach((id, row) => {
          const found = claimsNotCounted(random, id, options);
          const aside = found.filter(({ limit }) => limit !== null);
          const sum = (of: 'claims' | 'incurred') =>
            aside.reduce((total, one) => total + one[of], 0);
          expect(sum('claims')).toBe(columns.set_aside_claim_count[row]);
          expect(sum('incurred')).toBeCloseTo(columns.set_aside_loss[row], 6);
        });
      }),
      { numRuns: runs(60) },
    );
  });

  test('are asked of a customer that is there', () => {
    expect(() => claimsNotCounted(book, 'Anne', { asOf: day })).toThrow(
      'claimsNotCounted: the book has no customer "Anne" (did you mean "Ann"?)',
    );
    expect(() => claimsNotCounted(book, 'Ann', { asOf: day, plann: {} } as never)).toThrow(
      'unknown option "plann"',
    );
  });

  const pageIn = (locale: typeof en, notCounted?: readonly NotCounted[]) => {
    const aside = { setAsideClaimCount: 2, setAsideLoss: 807, incurredLoss: 807 };
    const grade = grader(fixedModel(plan))({ ...steady, ...aside }, day);
    return explanation(grade, { locale, notCounted });
  };
  const found = () => claimsNotCounted(book, 'Ann', { asOf: day, plan });

  test.each([
    [
      en,
      [
        'Set aside: 1 claim, incurred 307.00, older than 48 months',
        'Set aside: 1 claim, incurred 500.00, forgiven as the first after 3 years of cover without one',
        'Not counted: 1 claim, incurred 0.00, by status: closed without payment',
        'Not counted: 1 claim, incurred 0.00, by status: withdrawn',
      ],
      'Set aside by the plan: 2 claims, incurred 807.00',
    ],
    [
      zh,
      [
        '不予计入：1起赔案，已发生赔款307.00，发生在48个月以前',
        '不予计入：1起赔案，已发生赔款500.00，连续承保3年未出险后的首次赔案，予以豁免',
        '不计为赔案：1起，已发生赔款0.00，因其状态为零赔付结案',
        '不计为赔案：1起，已发生赔款0.00，因其状态为已撤回',
      ],
      '按方案不予计入：2起赔案，已发生赔款807.00',
    ],
    [
      et,
      [
        'Arvestamata jäetud: 1 kahjujuhtum, tekkinud kahju 307,00, juhtunud rohkem kui 48 kuud tagasi',
        'Arvestamata jäetud: 1 kahjujuhtum, tekkinud kahju 500,00, andeks antud kui esimene, sest kahjuvaba kaitset oli enne vähemalt 3 aastat',
        'Kahjujuhtumina ei loe: 1 kahjujuhtum, tekkinud kahju 0,00, olek: lõpetatud väljamakseta',
        'Kahjujuhtumina ei loe: 1 kahjujuhtum, tekkinud kahju 0,00, olek: tagasi võetud',
      ],
      'Plaani järgi arvestamata jäetud: 2 kahjujuhtumit, tekkinud kahju 807,00',
    ],
  ] as const)('stand on the page of explain, case %#', (locale, lines, alone) => {
    expect(pageIn(locale, found())).toContain(`\n  ${lines.join('\n  ')}\n`);
    // A grade alone knows the sum, and not the rule.
    expect(pageIn(locale)).toContain(`\n  ${alone}\n`);
    expect(pageIn(locale, [])).not.toContain(alone.slice(0, 4));
  });

  test('stand on the page that the command prints, whichever way the customer comes', async () => {
    const header = 'claim_id,policy_id,occurred_on,paid,reserve,status\n';
    const rows = 'K1,B1,2022-05-02,150,,closed\nK2,B1,2023-06-01,900,100,withdrawn\n';
    const own = ['--policies', policies, '--claims', file('statuses.csv', header + rows)];
    const strict = file('strict.plan.json', '{"claims": {"lookBackMonths": 12}}');
    const { out } = await bookgrade(
      ...['explain', 'bob', ...own, '--as-of', day, '--plan', strict],
    );
    expect(out).toContain(
      'Set aside: 1 claim, incurred 150.00, older than 12 months\n  Not counted: 1 claim, incurred 1,000.00, by status: withdrawn\n',
    );
    const ready = file(
      'ready.csv',
      'customer_id,earned_premium,exposure_years,claim_count,incurred_loss,tenure_years,annual_premium,set_aside_claim_count,set_aside_loss\nbob,900,3,0,150,3,300,1,150\n',
    );
    const { out: ofReady } = await bookgrade(
      ...['explain', 'bob', '--indicators', ready, '--as-of', day, '--plan', strict],
    );
    expect(ofReady).toContain('  Set aside by the plan: 1 claim, incurred 150.00\n');
    const { out: plain } = await bookgrade('explain', 'bob', ...smallInput);
    expect(plain).not.toMatch(/Set aside|Not counted/);
  });
});

describe('a customer without cover in force', () => {
  const gone = { ...steady, lapsed: 1, annualPremium: 0, claimCount: 1, incurredLoss: 900 };
  // Nothing may make the premium dearer here.
  const limited = fixedModel({
    prohibited: {
      grounds: [
        {
          code: 'own',
          jurisdiction: 'house',
          text: 'Not dearer',
          citation: 'House rules 7',
          date: '2024-05-01',
          actions: ['reprice'],
          largestChange: 0,
        },
      ],
      jurisdictions: ['house'],
    },
  });

  test.each([
    [
      en,
      'No cover is in force, so there is no premium to change',
      'Indicated change',
      'The change of premium is limited',
    ],
    [zh, '目前没有有效保障，因此没有保费可调整', '建议保费调整', '保费调整受到限制'],
    [
      et,
      'Kehtivat kaitset ei ole, seega pole makset, mida muuta',
      'Soovitatav kindlustusmakse muutus',
      'Kindlustusmakse muutus on piiratud',
    ],
  ] as const)('has no premium to change, case %#', (locale, nothing, change, limit) => {
    const of = (lapsed: number, model = fixedModel()) =>
      explanation(grader(model)({ ...gone, lapsed }), { locale });
    expect(of(1)).toContain(`\n  ${nothing}\n`);
    expect(of(1)).not.toContain(change);
    expect(of(0)).toContain(change);
    expect(of(0)).not.toContain(nothing);
    // Nor is there a change that a ground could limit.
    expect(of(0, limited)).toContain(limit);
    expect(of(1, limited)).not.toContain(limit);
  });

  test('has the figure in the grade all the same, and who has none is told of none', () => {
    const grade = grader(fixedModel());
    expect(grade(gone).underwriting.indicatedChange).toBe(
      grade({ ...gone, lapsed: 0 }).underwriting.indicatedChange,
    );
    const unrated = grade({ ...gone, exposureYears: 0.1 });
    expect(unrated.underwriting.indicatedChange).toBeNull();
    expect(explanation(unrated)).not.toContain('premium to change');
  });
});

describe('an override that has ended', () => {
  const table = indicators(book, { asOf: day, plan });
  const model = fixedModel(plan);
  const to = (until: string) =>
    ({ customerId: 'Ann', tier: 'healthy', reason: 'storm', author: 'M. Tamm', until }) as const;
  const standing: Standing = {
    ...{ customerId: 'Ann', asOf: '2023-12-01', tier: 'healthy', since: '2023-01-01' },
    ...{ worseSince: null, renewals: 2, override: null },
  };
  const notes = (options: Parameters<typeof assess>[2]) =>
    summarize(assess(table, model, options)).notes.filter((note) => note.includes('ended'));

  test('is told in the notes of the summary, whether it came by itself or in a standing', () => {
    const note = '1 override has ended and sets no tier any more: Ann (healthy until 2024-01-01)';
    expect(notes({ overrides: [to(day)] })).toEqual([note]);
    const { customerId: _, ...override } = to(day);
    expect(notes({ standings: [{ ...standing, override }] })).toEqual([note]);
    expect(
      notes({ standings: [{ ...standing, override }], overrides: [to('2024-01-02')] }),
    ).toEqual([]);
    expect(notes({ overrides: [to('2024-01-02')] })).toEqual([]);
    expect(notes({ standings: [standing] })).toEqual([]);
  });

  test('is told of customers that are not in the table, too; of many the first are named', () => {
    const overrides = Array.from({ length: 7 }, (_, k) => ({ ...to(day), customerId: `Z${k}` }));
    const standings = overrides.map(({ customerId }) => ({ ...standing, customerId }));
    const [note] = notes({ standings, overrides });
    expect(note).toMatch(
      /^7 overrides have ended and set no tier any more: Z0 .*, Z4 \(healthy until 2024-01-01\), …$/,
    );
    const { memory } = assess(table, model, { standings, overrides });
    expect(memory?.absent[0].override).toBeNull();
    expect(memory?.ended).toEqual(overrides);
  });

  test.each([
    ['en', 'An override to healthy ended on 2024-01-01 (by M. Tamm: storm)'],
    ['zh', '人工设定的等级健康已于2024-01-01终止（M. Tamm：storm）'],
    ['et', 'Käsitsi määratud klass hea lõppes 2024-01-01 (määraja M. Tamm: storm)'],
  ])('stands on the page of the customer, in %s', async (locale, line) => {
    const overrides = file(
      'ended.csv',
      `customer_id,tier,reason,author,until\nbob,healthy,storm,M. Tamm,${day}\n`,
    );
    const page = async (id: string) =>
      (await bookgrade('explain', id, ...smallInput, '--overrides', overrides, '--locale', locale))
        .out;
    expect(await page('bob')).toContain(`\n  ${line}\n`);
    expect(await page('ann')).not.toContain(line);
  });

  test('is not said to have ended before its day', () => {
    const grade = grader(model)({ ...steady, customerId: 'Ann' }, '2023-12-31');
    expect(explanation(grade, { endedOverride: to(day) })).not.toContain('ended on');
  });
});
