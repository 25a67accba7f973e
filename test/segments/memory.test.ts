import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assess,
  type Customer,
  calibrate,
  en,
  et,
  type Grade,
  type Grades,
  gradeAt,
  gradeHeader,
  gradeRows,
  grader,
  indicators,
  type Locale,
  MisuseError,
  type Override,
  type PlanInput,
  readBook,
  readOverrides,
  readPlan,
  readStandings,
  riskTiers,
  type Standing,
  standingsOf,
  summarize,
  zh,
} from '../../src/index.js';
import { standingHeader, standingRow } from '../../src/report/standing-rows.js';
import { explanation } from '../../src/report.js';
import { simulate } from '../../src/simulate.js';
import { fixedModel, steady } from '../support/fixed-model.js';
import { anyMemory, anyPast, anyStanding } from '../support/memory.js';
import { randomPlan, asOf as today, withPremium } from '../support/random-book.js';
import { runs } from '../support/slow.js';

const ranks: readonly string[] = riskTiers;

type Memory = NonNullable<PlanInput['memory']>;

/** Standings as they are after they were written to a file of text and read back. */
function throughText(standings: readonly Standing[]): Standing[] {
  const lines = standings.map((standing) =>
    JSON.stringify(standingRow(standing).map((cell) => (cell === null ? '' : String(cell)))),
  );
  const cells: string[][] = lines.map((text) => JSON.parse(text));
  return readStandings(
    Object.fromEntries(standingHeader.map((name, c) => [name, cells.map((row) => row[c])])),
  );
}

/**
 * Jaan pays 1,000 a year since 2010 and has had two claims, then three in the summer of 2020: his one
 * bad year in the six from 2018. With n claims on premium P the fixed model expects a loss ratio of
 * 0.6 × (1 + n) ÷ (1 + P ÷ 2500): 0.41 before, 0.68 on 1 September 2020, above the permissible 0.65,
 * 0.667 on New Year's Day, and below 0.65 again from May 2021, when P passes 11,346.
 */
const jaan = readBook(
  Array.from({ length: 15 }, (_, k) => ({
    customerId: 'jaan',
    policyId: 'J',
    from: `${2010 + k}-01-01`,
    to: `${2011 + k}-01-01`,
    premium: 1000,
  })),
  ['2012-03-01', '2015-03-01', '2020-06-03', '2020-07-03', '2020-08-03'].map((day, k) => ({
    claimId: k,
    policyId: 'J',
    occurredOn: day,
    paid: 700,
  })),
).book;
const firstsOf = (year: number) =>
  Array.from({ length: 12 }, (_, m) => `${year}-${String(m + 1).padStart(2, '0')}-01`);
const sixYears = [2018, 2019, 2020, 2021, 2022, 2023].flatMap(firstsOf);

/** Jaan's grades on some days, each with the standing that the day before it left. */
function jaansGrades(days: readonly string[], memory?: Memory): Grade[] {
  const model = fixedModel({ window: { months: 240 }, ...(memory && { memory }) });
  let standings: Standing[] | undefined;
  return days.map((asOf) => {
    const grades = assess(indicators(jaan, { asOf, model }), model, { standings });
    if (memory) standings = throughText(standingsOf(grades));
    return gradeAt(grades)(0);
  });
}
/** The days on which the tier is another than on the day before, and what it becomes. */
const movesOf = (grades: readonly Grade[]) =>
  grades.flatMap(({ asOf, risk }, k) =>
    k > 0 && risk.tier !== grades[k - 1].risk.tier ? [`${asOf} ${risk.tier}`] : [],
  );

describe('a customer with one bad year in six, graded every month', () => {
  const stay: Memory['stay'] = [{ tier: 'sub-healthy', when: ['>', 'rated_loss_ratio', 0.5] }];

  test('moves twice without memory: down in the bad year, and up when it has paid some more', () => {
    expect(movesOf(jaansGrades(sixYears))).toEqual([
      '2020-09-01 sub-healthy',
      '2021-06-01 healthy',
    ]);
  });

  test('moves once with a line to leave the tier by: down, and that at the renewal', () => {
    expect(movesOf(jaansGrades(sixYears, { stay }))).toEqual(['2021-02-01 sub-healthy']);
  });

  test('does not move at all in the grace of the long-loyal', () => {
    const grace = { tenureYears: 5, months: 12 };
    const grades = jaansGrades(sixYears, { stay, grace });
    expect(movesOf(grades)).toEqual([]);
    const held = grades.filter(({ standing }) => standing?.heldBy === 'grace');
    expect(held.map(({ asOf }) => asOf)).toEqual(sixYears.slice(32, 41));
    expect(held[3].standing).toMatchObject({
      tier: 'healthy',
      since: '2018-01-01',
      observedTier: 'sub-healthy',
      pending: 'sub-healthy',
      worseSince: '2020-09-01',
      graceUntil: '2021-09-01',
      text: "sub-healthy by today's figures; healthy in grace until 2021-09-01, with us for 10.92 years",
    });
  });

  test('has no grace with too short a time behind it', () => {
    const grace = { tenureYears: 12, months: 12 };
    expect(movesOf(jaansGrades(sixYears, { stay, grace }))).toEqual(['2021-02-01 sub-healthy']);
  });
});

describe('a downgrade', () => {
  const turn = ['2020-12-30', '2020-12-31', '2021-01-01', '2021-01-02', '2021-01-03'];
  const before = '2020-07-01';

  test('comes into force on the first day graded after a renewal, and not before', () => {
    const grades = jaansGrades([before, ...turn], {});
    expect(movesOf(grades)).toEqual(['2021-01-02 sub-healthy']);
    expect(grades[1].standing).toMatchObject({
      heldBy: 'renewal',
      pending: 'sub-healthy',
      graceUntil: null,
      text: "sub-healthy by today's figures; healthy until the next renewal",
    });
    expect(grades[1].reasons[0]).toEqual({
      code: 'held-until-renewal',
      text: "sub-healthy by today's figures; healthy until the next renewal",
      indicator: 'renewals',
      observed: 10,
      compared: 10,
      favours: true,
    });
    expect(grades[4].standing).toMatchObject({
      heldBy: 'figures',
      since: '2021-01-02',
      text: null,
    });
  });

  test('comes at once where the plan says so', () => {
    expect(movesOf(jaansGrades([before, ...turn], { downgrade: 'at-once' }))).toEqual([
      '2020-12-30 sub-healthy',
    ]);
  });

  test('waits for none where renewals are not known', () => {
    const grade = grader(fixedModel({ memory: {} }));
    const held = { ...standing, tier: 'excellent', renewals: null } as const;
    const known = { ...steady, claimCount: 3, renewals: 3 };
    expect(grade(known, '2024-01-01', { standing: held }).risk.tier).toBe('high-risk');
    const { renewals: _, ...unknown } = known;
    expect(grade(unknown, '2024-01-01', { standing }).risk.tier).toBe('high-risk');
    expect(grade(known, '2024-01-01', { standing }).risk.tier).toBe('healthy');
  });
});

/** What an earlier day left of the steady customer of the fixed model. */
const standing: Standing = {
  customerId: 'steady',
  asOf: '2023-12-01',
  tier: 'healthy',
  since: '2022-01-01',
  worseSince: null,
  renewals: 3,
  override: null,
};
/** The steady customer with so many claims: a loss ratio of 0.6 × (1 + n) ÷ 1.48, 0.81 for one. */
const asked = (memory: Memory | undefined, claimCount: number, past: Partial<Standing> = {}) =>
  grader(fixedModel(memory ? { memory } : {}))(
    { ...steady, claimCount, renewals: 3 },
    '2024-01-01',
    { standing: { ...standing, ...past } },
  );

describe('a line to leave a tier', () => {
  const stay = [
    { tier: 'high-risk' as const, when: ['>', 'rated_loss_ratio', 0.9] as const },
    { tier: 'sub-healthy' as const, when: ['<', 'claim_free_years', 2] as const },
  ];
  // 0.6 × (1 + n) ÷ (1 + P ÷ 2500)
  const ratio = (earnedPremium: number, more: Partial<Customer> = {}) =>
    grader(fixedModel({ memory: { stay } }))(
      { ...steady, claimCount: 2, earnedPremium, renewals: 3, claimFreeYears: 3, ...more },
      '2024-01-01',
      { standing: { ...standing, tier: 'high-risk' } },
    );

  test('keeps who holds the tier until it is passed, though the figures are past the line to enter', () => {
    const inside = ratio(2400); // 1.8 ÷ 1.96
    expect(inside.risk.expectedLossRatio).toBeCloseTo(0.918, 3);
    expect(inside.risk.tier).toBe('high-risk');
    expect(inside.standing).toMatchObject({
      heldBy: 'line',
      observedTier: 'sub-healthy',
      pending: null,
      text: "sub-healthy by today's figures; held at high-risk as long as expected loss ratio is above 90%",
    });
    expect(inside.reasons[0]).toMatchObject({
      code: 'held-by-line',
      observed: inside.risk.expectedLossRatio,
      compared: 0.9,
      favours: false,
    });
    expect(ratio(2600).risk.tier).toBe('sub-healthy'); // 1.8 ÷ 2.04 = 0.88
  });

  test('of a better tier stops who leaves a worse one', () => {
    const recent = { claimFreeYears: 1 };
    expect(ratio(5000).risk.tier).toBe('healthy'); // 1.8 ÷ 3 = 0.6
    expect(ratio(5000, recent).risk.tier).toBe('sub-healthy');
    expect(ratio(5000, recent).standing?.text).toBe(
      "healthy by today's figures; held at sub-healthy as long as time without a claim is below 2 years",
    );
  });

  test('keeps nobody who does not hold it or a worse one', () => {
    expect(asked({ stay }, 0, { tier: 'healthy' }).risk.tier).toBe('excellent');
    const wide = [{ tier: 'high-risk' as const, when: ['>', 'rated_loss_ratio', 0.5] as const }];
    expect(asked({ stay: wide }, 1, { tier: 'high-risk' }).risk.tier).toBe('high-risk');
    expect(asked({ stay: wide }, 1, { tier: 'unrated' }).risk.tier).toBe('sub-healthy');
  });

  test('of the worst tier counts where the lines of several hold', () => {
    expect(ratio(2400, { claimFreeYears: 1, claimCount: 0 }).risk.tier).toBe('sub-healthy');
    const both = [...stay].map((line) => ({ ...line, when: ['>', 'tenure_years', 1] as const }));
    expect(asked({ stay: both }, 0, { tier: 'high-risk' }).risk.tier).toBe('high-risk');
    expect(asked({ stay: both.toReversed() }, 0, { tier: 'high-risk' }).risk.tier).toBe(
      'high-risk',
    );
  });

  test('is what whyNot speaks of, with the claim-free years that lead past it', () => {
    const { whyNot } = ratio(2400, {
      annualPremium: 3500,
      recentExposureYears: 1,
      claimFreeYears: 1,
    });
    expect(whyNot).toMatchObject({ tier: 'healthy', claimFreeYears: 1 });
    expect(whyNot?.text).toBe(
      'high-risk because expected loss ratio is above 0.9; about 1 more claim-free year, or fewer, would lead to healthy',
    );
  });

  test('may be several of a tier; each of them keeps', () => {
    const both = [stay[0], { tier: 'high-risk' as const, when: ['<', 'tenure_years', 4] as const }];
    expect(asked({ stay: both }, 1, { tier: 'high-risk' }).risk.tier).toBe('high-risk');
  });
});

test('a better tier comes at once', () => {
  const { risk, standing: after } = asked({}, 0, { tier: 'high-risk' });
  expect(risk.tier).toBe('excellent');
  expect(after).toMatchObject({ tier: 'excellent', since: '2024-01-01', heldBy: 'figures' });
});

test('nothing is held from or to unrated', () => {
  expect(asked({ grace: { tenureYears: 0, months: 12 } }, 2, { tier: 'unrated' }).risk.tier).toBe(
    'high-risk',
  );
  const grade = grader(fixedModel({ memory: { grace: { tenureYears: 0, months: 12 } } }));
  const few = grade({ ...steady, exposureYears: 0.5, renewals: 3 }, '2024-01-01', { standing });
  expect(few.risk.tier).toBe('unrated');
  expect(few.standing).toMatchObject({ heldBy: 'figures', worseSince: null });
});

test('the first day without standings is a day without memory', () => {
  const grades = jaansGrades(['2020-10-01'], { grace: { tenureYears: 5, months: 12 } });
  expect(grades[0].risk.tier).toBe('sub-healthy');
  expect(grades[0].standing).toMatchObject({ heldBy: 'figures', since: '2020-10-01' });
});

describe('grace', () => {
  const grace = { tenureYears: 3, months: 6 };
  const worseSince = (day: string | null, more: Partial<Standing> = {}) =>
    asked({ grace, downgrade: 'at-once' }, 3, { worseSince: day, ...more });

  test('ends on its day, months by the calendar', () => {
    expect(worseSince('2023-07-02', { asOf: '2023-12-31' }).risk.tier).toBe('healthy');
    expect(worseSince('2023-07-02').standing?.graceUntil).toBe('2024-01-02');
    expect(worseSince('2023-07-01').risk.tier).toBe('high-risk');
    expect(worseSince(null).standing).toMatchObject({
      worseSince: '2024-01-01',
      graceUntil: '2024-07-01',
    });
  });

  test('begins anew when the figures speak for a worse tier anew', () => {
    expect(asked({ grace }, 0, { worseSince: '2023-07-02' }).standing?.worseSince).toBeNull();
  });

  test('that is over leaves the tier until the next renewal', () => {
    const over = { worseSince: '2023-01-01' };
    expect(asked({ grace }, 3, over).standing?.heldBy).toBe('renewal');
    expect(asked({ grace }, 3, { ...over, renewals: 2 }).risk.tier).toBe('high-risk');
  });
});

describe('an override', () => {
  const override: Override = {
    tier: 'excellent',
    reason: 'flood',
    author: 'M. Tamm',
    until: '2024-01-02',
  };
  const given = (change: Partial<Override> = {}, memory?: Memory) =>
    grader(fixedModel(memory ? { memory } : {}))(
      { ...steady, claimCount: 3, renewals: 3 },
      '2024-01-01',
      { override: { ...override, ...change } },
    );

  test('is in force on the day before its last, and not on that', () => {
    expect(given().risk.tier).toBe('excellent');
    expect(given({ until: '2024-01-01' }).risk.tier).toBe('high-risk');
    const [before, on] = [given({}, {}), given({ until: '2024-01-01' }, {})];
    expect(before.standing?.override).toEqual(override);
    expect(on.standing).toMatchObject({ override: null, heldBy: 'figures', text: null });
  });

  test('moves the service with the tier, while the grade shows what the figures give and who decided', () => {
    const { service, risk, standing, reasons, whyNot } = given();
    expect(service.tier).toBe('plus');
    expect(risk.expectedLossRatio).toBeGreaterThan(1);
    const text =
      "excellent by hand until 2024-01-02, by M. Tamm: flood; high-risk by today's figures";
    expect(standing).toMatchObject({ observedTier: 'high-risk', heldBy: 'override', text });
    expect(reasons[0]).toMatchObject({ code: 'better-by-override', text, favours: true });
    expect(whyNot).toBeNull();
  });

  test('to a worse tier speaks against the customer, and time alone leads out of it to nothing better', () => {
    const { reasons, whyNot, risk } = grader(fixedModel())(steady, '2024-01-01', {
      override: { ...override, tier: 'high-risk', reason: 'fraud suspected' },
    });
    expect(risk.tier).toBe('high-risk');
    const text =
      "high-risk by hand until 2024-01-02, by M. Tamm: fraud suspected; excellent by today's figures";
    expect(reasons[0]).toMatchObject({ code: 'set-by-override', text, favours: false });
    expect(whyNot).toMatchObject({
      tier: null,
      claimFreeYears: null,
      text: 'high-risk because it was set by hand',
    });
  });

  test('lives on in the standing, is replaced by a newer one, and leaves what memory holds beneath', () => {
    const until = '2025-01-01';
    const first = asked({}, 3, { override: { ...override, until } });
    expect(first.risk.tier).toBe('excellent');
    expect(first.standing).toMatchObject({
      tier: 'healthy',
      since: '2022-01-01',
      pending: 'high-risk',
    });
    const grade = grader(fixedModel({ memory: {} }));
    const customer = { ...steady, claimCount: 3, renewals: 3 };
    const again = { standing: first.standing };
    expect(grade(customer, '2024-12-31', again).risk.tier).toBe('excellent');
    expect(grade(customer, until, again).risk.tier).toBe('healthy');
    const newer = { ...again, override: { ...override, tier: 'sub-healthy' as const, until } };
    expect(grade(customer, '2024-06-01', newer).risk.tier).toBe('sub-healthy');
  });
});

test.each([
  ['line', { tier: 'high-risk' } as const, undefined],
  ['grace', { tier: 'healthy' } as const, undefined],
  ['renewal', { tier: 'healthy', worseSince: '2023-01-01' } as const, undefined],
  [
    'override',
    { tier: 'healthy' } as const,
    { tier: 'unrated', reason: 'N. N.', author: 'M. T.', until: '2024-02-01' } as const,
  ],
])(
  'what holds a tier (%s) is told in three languages, by the grade and by its page',
  (by, past, override) => {
    const memory: Memory = {
      stay: [{ tier: 'high-risk', when: ['>', 'rated_loss_ratio', 0.7] }],
      grace: { tenureYears: 3, months: 6 },
    };
    const graded = (locale: Locale) =>
      grader(fixedModel({ memory }), { locale })(
        { ...steady, claimCount: 1, renewals: 3 },
        '2024-01-01',
        { standing: { ...standing, ...past }, override },
      );
    for (const locale of [en, zh, et]) {
      const grade = graded(locale);
      expect(grade.standing?.heldBy).toBe(by);
      const page = explanation(grade, { locale });
      expect(page).toContain(grade.standing?.text);
      expect(page).not.toMatch(/NaN|undefined|null|[{}]|_/);
      // A grade made in another language is explained the same.
      expect(explanation(graded(en), { locale })).toBe(page);
    }
  },
);

test.each([
  ['better', 'excellent', /best that experience can show|Nothing needs to/],
  ['worse', 'unrated', /Too little is known|once there are premium and claims/],
] as const)(
  'the page says of a %s tier set by hand what the figures give, not what such a tier means',
  (_, tier, untrue) => {
    const override = { tier, reason: 'storm', author: 'M. T.', until: '2024-02-01' };
    const page = (given?: Override) => {
      const customer = { ...steady, claimCount: 4 };
      return explanation(grader(fixedModel())(customer, '2024-01-01', { override: given }));
    };
    expect(page()).toContain('Claims take more than the premium brings');
    expect(page(override)).toContain("By today's figures alone it would be high-risk");
    expect(page(override)).not.toContain('Claims take more than the premium brings');
    expect(page(override)).not.toMatch(untrue);
  },
);

describe('a book replayed', () => {
  const { asOf: _, policies, claims } = simulate({ customers: 300, seed: 11, years: 6 });
  const { book } = readBook(policies, claims);
  const plan: PlanInput = {
    memory: {
      stay: [
        { tier: 'high-risk', when: ['>', 'rated_loss_ratio', 0.9] },
        { tier: 'sub-healthy', when: ['>', 'rated_loss_ratio', 0.6] },
      ],
      grace: { tenureYears: 3, months: 12 },
    },
  };
  const days = [2023, 2024].flatMap(firstsOf);
  const model = calibrate(indicators(book, { asOf: days[0], plan }), plan);
  const until = days[9];
  const overrides = [
    { customerId: 'C000007', tier: 'high-risk' as const, reason: 'a, "b"', author: 'x', until },
  ];
  const graded = (asOf: string, standings?: Standing[]) =>
    assess(indicators(book, { asOf, model }), model, {
      standings,
      ...(asOf === days[2] && { overrides }),
    });
  const chain: Grades[] = [];
  for (const day of days)
    chain.push(graded(day, chain.at(-1) && standingsOf(chain[chain.length - 1])));
  const rows = (grades: Grades) =>
    Array.from({ length: grades.length }, (_, row) => gradeRows(grades)(row));
  const all = (grades: Grades) => [
    grades.tiers,
    grades.reasons,
    grades.hints,
    grades.memory?.tiers,
  ];

  test('month by month over 24 months is each day graded from its stored standing', () => {
    const stored = chain.map((grades) => throughText(standingsOf(grades)));
    // The last day first: nothing but the stored standing leads from one day to the next.
    for (let k = days.length - 1; k > 0; k--) {
      const again = graded(days[k], stored[k - 1]);
      expect(all(again)).toEqual(all(chain[k]));
      expect(standingsOf(again)).toEqual(stored[k]);
    }
    expect(rows(graded(days[23], stored[22]))).toEqual(rows(chain[23]));
    // There is something to remember.
    const held = summarize(chain[23]).heldBy;
    expect(held?.line).toBeGreaterThan(0);
    expect(Number(held?.grace) + Number(held?.renewal)).toBeGreaterThan(0);
  });

  test('moves fewer customers than days that stand alone', () => {
    const changes = (tiers: readonly Uint8Array[]) => {
      let moves = 0;
      chain.forEach(({ table }, k) => {
        const before = new Map(chain[k - 1]?.table.ids.map((id, row) => [id, tiers[k - 1][row]]));
        table.ids.forEach((id, row) => {
          if ((before.get(id) ?? tiers[k][row]) !== tiers[k][row]) moves++;
        });
      });
      return moves;
    };
    const alone = changes(
      chain.map(({ memory }) => memory?.tiers.observed_tier ?? new Uint8Array()),
    );
    const remembered = changes(chain.map(({ tiers }) => tiers.risk_tier));
    expect(remembered).toBeGreaterThan(0);
    expect(remembered).toBeLessThan(alone * 0.9);
  });

  test('ends an override on its day and no day before', () => {
    const tiers = chain.map((grades) => {
      const row = grades.table.ids.indexOf('C000007');
      return gradeAt(grades)(row).standing?.heldBy;
    });
    expect(tiers.map((by) => by === 'override')).toEqual(days.map((_, k) => k >= 2 && k < 9));
  });

  test('keeps the standing of who is not in the table, and tells of it', () => {
    const gone: Standing = {
      ...standing,
      customerId: 'gone',
      asOf: '2020-01-01',
      since: '2020-01-01',
    };
    const ended = { tier: 'healthy', reason: 'r', author: 'a', until: '2021-01-01' } as const;
    const grades = assess(chain[0].table, model, {
      standings: [{ ...gone, override: ended }],
      overrides: [{ ...overrides[0], customerId: 'nobody' }],
    });
    expect(standingsOf(grades).at(-1)).toEqual(gone);
    expect(summarize(grades).notes.slice(-3)).toEqual([
      '1 standing of customers that are not in the table, kept as they were',
      '1 override of customers that are not in the table and have no standing',
      '1 override has ended and sets no tier any more: gone (healthy until 2021-01-01)',
    ]);
  });
});

describe('laws of memory', () => {
  test('a plan without memory gives the same to the last bit, whatever standings come in', () => {
    expect(Object.keys(readPlan())).not.toContain('memory');
    fc.assert(
      fc.property(withPremium, randomPlan, anyPast, (book, plan, { standings }) => {
        const table = indicators(readBook(book.policies, book.claims).book, { asOf: today, plan });
        const model = calibrate(table, plan);
        const without = assess(table, model);
        const past = standings.map((one) => ({ ...one, override: null }));
        const given = assess(table, model, { standings: past });
        const more = gradeHeader(given).indexOf('observed_tier');
        for (let row = 0; row < table.length; row++) {
          const cells = gradeRows(given)(row);
          const by = cells.splice(more, 2);
          expect(cells).toEqual(gradeRows(without)(row));
          expect(by).toEqual([riskTiers[without.tiers.risk_tier[row]], 'figures']);
          expect({ ...gradeAt(given)(row), standing: null }).toEqual(gradeAt(without)(row));
        }
      }),
      { numRuns: runs(25) },
    );
  });

  test('one more claim never gives a better tier for the same standing', () => {
    fc.assert(
      fc.property(
        fc.record({
          claimCount: fc.nat(6),
          earnedPremium: fc.double({ min: 0, max: 9000, noNaN: true }),
          exposureYears: fc.constantFrom(0.5, 3),
          tenureYears: fc.constantFrom(0.5, 3, 8),
          renewals: fc.nat(6),
          claimFreeYears: fc.double({ min: 0, max: 4, noNaN: true }),
        }),
        anyMemory,
        anyStanding('steady'),
        (some, memory, past) => {
          const grade = grader(fixedModel({ memory }));
          const before = { ...steady, ...some };
          const after = { ...before, claimCount: some.claimCount + 1, claimFreeYears: 0 };
          const [less, more] = [before, after].map(
            (customer) => grade(customer, today, { standing: past }).risk.tier,
          );
          expect(ranks.indexOf(more)).toBeGreaterThanOrEqual(ranks.indexOf(less));
        },
      ),
      { numRuns: runs(400) },
    );
  });

  test('the tier in force lies between the one held and that of the figures, overrides aside', () => {
    fc.assert(
      fc.property(fc.nat(6), anyMemory, anyStanding('steady'), (claimCount, memory, past) => {
        const held = { ...past, override: null };
        const { risk, standing: after } = grader(fixedModel({ memory }))(
          { ...steady, claimCount, renewals: 3 },
          today,
          { standing: held },
        );
        const [from, to, by] = [held.tier, after?.observedTier ?? 'unrated', risk.tier].map(
          (tier) => ranks.indexOf(tier),
        );
        expect(by).toBeGreaterThanOrEqual(Math.min(from, to));
        expect(by).toBeLessThanOrEqual(Math.max(from, to));
      }),
      { numRuns: runs(300) },
    );
  });
});

describe('wrong input', () => {
  const model = fixedModel({ memory: {} });
  const one = (past: object) => () =>
    grader(model)(steady, '2024-01-01', { standing: { ...standing, ...past } as Standing });

  test.each<[string, () => unknown, RegExp]>([
    [
      'a later day',
      one({ asOf: '2024-01-02' }),
      /steady is from 2024-01-02, later than .* 2024-01-01/,
    ],
    [
      'an unknown tier',
      one({ tier: 'sick' }),
      /standing, tier: expected one of "excellent", .*"unrated", got "sick"$/,
    ],
    [
      'a tier like another',
      one({ tier: 'helthy' }),
      /standing, tier: expected one of .*, got "helthy" \(did you mean "healthy"\?\)$/,
    ],
    [
      'no such day',
      one({ since: '2023-02-30' }),
      /since: expected a date like 2024-12-31, got "2023-02-30"/,
    ],
    ['another spelling of a day', one({ worseSince: '2023-2-3' }), /worseSince: expected a date/],
    [
      'a day after its own',
      one({ since: '2023-12-02' }),
      /standing, since: expected a day not after .*, got "2023-12-02"$/,
    ],
    [
      'half a renewal',
      one({ renewals: 0.5 }),
      /renewals: expected a whole number of 0 or more, got 0.5$/,
    ],
    ['NaN renewals', one({ renewals: Number.NaN }), /renewals: /],
    ['no override at all', one({ override: undefined }), /override: /],
    [
      'an override without reason',
      one({ override: { tier: 'healthy', author: 'a', until: '2025-01-01' } }),
      /override.reason: expected the reason for it, got nothing$/,
    ],
    [
      'an override with an empty author',
      one({ override: { tier: 'healthy', reason: 'r', author: ' ', until: '2025-01-01' } }),
      /override.author: expected who decided it/,
    ],
    [
      'an override for ever',
      one({ override: { tier: 'healthy', reason: 'r', author: 'a' } }),
      /override.until: expected a date like 2024-12-31, got nothing$/,
    ],
    [
      "another customer's standing",
      one({ customerId: 'bob' }),
      /expected the standing of steady, got that of bob/,
    ],
    ['no as-of date', () => grader(model)(steady, undefined, { standing }), /needs the as-of date/],
    [
      'a standing in the place of options',
      () => grader(model)(steady, '2024-01-01', standing as never),
      /unknown option "customerId"/,
    ],
    [
      'null options',
      () => grader(model)(steady, '2024-01-01', null as never),
      /expected \{ standing, override \}/,
    ],
  ])('of one customer is refused: %s', (_, act, message) => {
    expect(act).toThrow(MisuseError);
    expect(act).toThrow(message);
  });

  const table = indicators(jaan, { asOf: '2020-10-01', plan: { window: { months: 240 } } });
  const long = fixedModel({ window: { months: 240 }, memory: {} });
  const jaans = { ...standing, customerId: 'jaan', asOf: '2020-09-01', since: '2019-01-01' };
  const book = (options: object) => () => assess(table, long, options);

  test.each<[string, () => unknown, RegExp]>([
    [
      'a function, as it once was',
      () => assess(table, long, (() => {}) as never),
      /expected an object of options, got function/,
    ],
    ['a misspelled option', book({ standing: [] }), /unknown option "standing" .*"standings"/],
    ['no list', book({ standings: 7 }), /expected a list of standings, got number/],
    ['a customer twice', book({ standings: [jaans, jaans] }), /standings, 2: "jaan" appears twice/],
    [
      'an override twice',
      book({
        overrides: [0, 1].map(() => ({
          customerId: 'jaan',
          tier: 'healthy',
          reason: 'r',
          author: 'a',
          until: '2025-01-01',
        })),
      }),
      /overrides, 2: "jaan" appears twice/,
    ],
    [
      'an override of nobody',
      book({ overrides: [{ tier: 'healthy', reason: 'r', author: 'a', until: '2025-01-01' }] }),
      /overrides, 1, customerId/,
    ],
    [
      'an unknown member',
      book({
        overrides: [
          { customerId: 'j', tier: 'healthy', reason: 'r', autor: 'a', until: '2025-01-01' },
        ],
      }),
      /"autor" is not known .*"author"/,
    ],
    [
      'a later day',
      book({ standings: [{ ...jaans, asOf: '2020-10-02' }] }),
      /jaan is from 2020-10-02, later/,
    ],
    [
      'a table as of no day',
      () => assess({ ...table, asOf: undefined }, long, { standings: [jaans] }),
      /need the day the table was measured as of/,
    ],
    [
      'standings of grades without memory',
      () => standingsOf(assess(table, fixedModel({ window: { months: 240 } }))),
      /expected grades with memory: .*\{"memory": \{\}\}/,
    ],
    [
      'standings of grades as of no day',
      () => standingsOf(assess({ ...table, asOf: undefined }, long)),
      /expected grades as of a day/,
    ],
  ])('of a book is refused: %s', (_, act, message) => {
    expect(act).toThrow(MisuseError);
    expect(act).toThrow(message);
  });

  test.each<[string, object, RegExp]>([
    [
      'a line for the best tier',
      { stay: [{ tier: 'excellent', when: 1 }] },
      /memory.stay.0.tier: .*got "excellent"/,
    ],
    ['a line without a rule', { stay: [{ tier: 'healthy' }] }, /memory.stay.0.when/],
    [
      'another time of downgrade',
      { downgrade: 'at-renewals' },
      /memory.downgrade: .*got "at-renewals"/,
    ],
    [
      'a grace of half a month',
      { grace: { tenureYears: 5, months: 0.5 } },
      /memory.grace.months: /,
    ],
    ['a misspelled part', { graces: null }, /"graces" is not known .*"grace"/],
  ])('of a plan is refused: %s', (_, memory, message) => {
    expect(() => readPlan({ memory } as PlanInput)).toThrow(message);
  });

  test('a line that names nothing is told when the model is calibrated', () => {
    const plan: PlanInput = {
      memory: { stay: [{ tier: 'healthy', when: ['>', 'expected_los_ratio', 1] }] },
    };
    const measured = indicators(jaan, { asOf: '2020-10-01', plan });
    expect(() => calibrate(measured, plan)).toThrow(/"expected_los_ratio" .*"expected_loss_ratio"/);
  });

  test.each<[string, object, RegExp]>([
    ['no tier', { tier: '' }, /standings, row 1: tier is missing/],
    ['renewals in words', { renewals: 'three' }, /row 1, renewals: .*got "three"/],
    ['half an override', { override_tier: 'healthy' }, /row 1, override.reason: .*got nothing/],
  ])('of rows is refused: %s', (_, change, message) => {
    const row = { customer_id: 'a', as_of: '2024-01-01', tier: 'healthy', since: '2023-01-01' };
    expect(readStandings([row])).toHaveLength(1);
    expect(() => readStandings([{ ...row, ...change }])).toThrow(message);
  });

  test('rows of overrides need all their columns', () => {
    const row = { customer_id: 'a', tier: 'healthy', reason: 'r', until: '2023-01-01' };
    expect(() => readOverrides([row])).toThrow(/overrides: expected a column "author"/);
    expect(readOverrides([{ ...row, author: 'b' }])).toEqual([
      { customerId: 'a', tier: 'healthy', reason: 'r', author: 'b', until: '2023-01-01' },
    ]);
  });
});
