import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/formula.js';
import {
  calibrate,
  type Model,
  readIndicators,
  screen,
  screener,
  screeningHints,
  writeModel,
} from '../../src/index.js';
import { cardFormulas, logVariance } from '../../src/scoring/scorecard/card.js';
import { cardBook } from '../support/card-book.js';
import { bookgrade, csvRows, temporaryFolder, written } from '../support/command.js';

const rows = cardBook(2, 6000, true);
const { table } = readIndicators(rows);
const model = calibrate(table, { card: { penalty: 10 } });
const card = (() => {
  const found = model.parameters.card;
  if (!found) throw new Error('expected a card');
  return found;
})();
const applicant = (attributes: Record<string, string | number | null>) => ({
  applicantId: 'Zoe',
  attributes: { n1: 50, l1: 'C', l2: 'C', ...attributes },
});
/** The model under other lines; the card itself stays. */
const withLines = (screening: object, expenseRatio = 0.3): Model => ({
  ...model,
  plan: {
    ...model.plan,
    pricing: { ...model.plan.pricing, expenseRatio },
    card: {
      ...(model.plan.card as NonNullable<typeof model.plan.card>),
      ...{ screening },
    } as never,
  },
});
const lines = { referAbove: 1, widestInterval: 2, maxUnseen: 0 };

describe('screening an applicant', () => {
  test('the points of each level add up, and the relativity is that of the formulas', () => {
    const screened = screen(applicant({ l1: 'A' }), model);
    const total = card.attributes.reduce((points, { attribute, levels, rows }) => {
      const name = { n1: '', l1: 'A', l2: 'C' }[attribute] ?? '';
      const level =
        levels.kind === 'number'
          ? levels.cuts.filter((cut) => cut < 50).length
          : levels.names.indexOf(name);
      return points + rows[level].points;
    }, card.start.points);
    expect(screened.points).toBeCloseTo(total, 9);
    const positions = card.attributes.map(({ levels, attribute }, k) => {
      const at =
        levels.kind === 'number'
          ? levels.cuts.filter((cut) => cut < 50).length
          : levels.names.indexOf(attribute === 'l1' ? 'A' : 'C');
      return [`card_level_${k + 1}`, Float64Array.of(at)] as const;
    });
    const { card_relativity } = evaluate(cardFormulas(card), Object.fromEntries(positions), 1);
    expect(screened.relativity).toBe(card_relativity[0]);
    expect(screened.expectedLossRatio).toBe(model.parameters.book.lossRatio * card_relativity[0]);
  });

  test('the interval widens about the relativity with the covariances of its levels', () => {
    const { relativity, interval } = screen(applicant({}), model);
    const half = Math.log(interval[1] / relativity);
    expect(Math.log(relativity / interval[0])).toBeCloseTo(half, 9);
    // One attribute alone: the variance is that of its level, as the card shows it.
    const [first] = card.attributes;
    const alone = { ...card, attributes: [first] };
    expect(Math.sqrt(logVariance(alone, [0]))).toBeCloseTo(first.rows[0].standardError, 5);
    expect(Math.sqrt(logVariance(alone, [-1]))).toBeCloseTo(first.spread, 9);
    expect(half).toBeGreaterThan(0);
  });

  test('reasons are up to four levels, those that move the points furthest first', () => {
    const { reasons } = screen(applicant({ n1: 10, l1: 'A', l2: 'B' }), model);
    const moved = reasons.map(({ points }) => Math.abs(points));
    expect(moved).toEqual(moved.toSorted((a, b) => b - a));
    expect(reasons.length).toBeLessThanOrEqual(4);
    expect(reasons.map(({ attribute, level }) => `${attribute} ${level}`)).toContain('l2 B');
  });

  test('a value that no customer had is told, adds nothing, and asks for more information', () => {
    const known = screen(applicant({ l1: 'C' }), model);
    const { unseen, hint, interval, points } = screen(applicant({ l1: 'Z' }), model);
    expect(unseen).toEqual(['l1']);
    const l1 = card.attributes.find(({ attribute }) => attribute === 'l1');
    const level = l1?.rows[l1.levels.names.indexOf('C')].points ?? Number.NaN;
    expect(points).toBeCloseTo(known.points - level, 9);
    expect(hint).toBe('more information');
    expect(interval[1] / interval[0]).toBeGreaterThan(known.interval[1] / known.interval[0]);
    // The book knew every letter: who does not tell one is unseen as well.
    expect(screen(applicant({ l1: null }), model).unseen).toEqual(['l1']);
  });

  test('hints follow the lines of the plan, the most serious first, and never decline', () => {
    const zoe = applicant({});
    const { expectedLossRatio: expected, interval, relativity } = screen(zoe, model);
    const width = interval[1] / interval[0];
    const permissible = (share: number) => 1 - 0.05 - share;
    const hint = (screening: object, expense: number) =>
      screen(zoe, withLines({ ...lines, ...screening }, expense)).hint;
    expect(hint({ referAbove: expected * 0.99 }, permissible(2 * expected))).toBe('refer');
    expect(hint({ referAbove: expected }, permissible(expected * 1.01))).toBe('accept');
    expect(hint({ referAbove: 9 }, permissible(expected * 0.99))).toBe('accept with loading');
    expect(hint({ referAbove: 9, widestInterval: width * 0.99 }, 0.3)).toBe('more information');
    expect(relativity).toBeGreaterThan(0);
    expect(screeningHints.join()).not.toContain('decline');
  });

  test('above the permissible loss ratio come the terms that would bring it there', () => {
    const zoe = applicant({ n1: 10, l1: 'A' });
    const { expectedLossRatio: expected } = screen(zoe, model);
    const strict = withLines({ ...lines, referAbove: 9 }, 1 - 0.05 - expected / 1.25);
    const { terms, near } = screen(zoe, strict);
    expect(terms?.loading).toBeCloseTo(0.25, 6);
    expect(expected * (1 - (terms?.lossShare ?? 0))).toBeCloseTo(expected / 1.25, 6);
    expect(near).not.toContain('refer above');
    const onLine = withLines({ ...lines, referAbove: 9 }, 1 - 0.05 - expected * 1.001);
    expect(screen(zoe, onLine).near).toEqual(['permissible']);
    expect(screen(zoe, onLine).terms).toBeNull();
  });

  test('likeness is the place of the points among the book and among its high-risk customers', () => {
    const [best, worst] = [
      screen(applicant({ n1: 50, l1: 'C', l2: 'B' }), model),
      screen(applicant({ n1: 5, l1: 'A', l2: 'C' }), model),
    ];
    expect(best.likeness.book).toBeLessThan(0.3);
    expect(worst.likeness.book).toBeGreaterThan(0.9);
    expect(worst.likeness.highRisk ?? 1).toBeLessThanOrEqual(1);
  });

  test('a model without a card and an applicant without an attribute are told what to do', () => {
    expect(() => screener(calibrate(table))).toThrow('the model has no scorecard');
    expect(() =>
      screen({ applicantId: 1, attributes: { n1: 4, L1: 'A', l2: 'A' } }, model),
    ).toThrow('expected it among the applicant\'s attributes (did you mean "L1"?)');
    expect(() => screen({ applicantId: '', attributes: {} }, model)).toThrow('for applicantId');
    expect(() => screen({ applicantId: Number.NaN, attributes: {} }, model)).toThrow('got NaN');
    expect(() => screen(applicant({ l1: ['A'] as never }), model)).toThrow(
      'expected one value for "l1", got',
    );
    expect(() => screen({ id: 3 } as never, model)).toThrow('unknown option "id"');
  });
});

describe('bookgrade screen', () => {
  const folder = temporaryFolder();
  const header =
    'customer_id,earned_premium,exposure_years,claim_count,incurred_loss,tenure_years,annual_premium,n1,l1,l2,l3,gender';
  const book = [
    header,
    ...rows.map((row) =>
      [
        ...['customerId', 'earnedPremium', 'exposureYears', 'claimCount', 'incurredLoss'],
        ...['tenureYears', 'annualPremium', 'n1', 'l1', 'l2', 'l3', 'l1'],
      ]
        .map((name) => row[name])
        .join(','),
    ),
  ].join('\n');
  const indicators = written(folder, 'book.csv', `${book}\n`);
  const plan = written(
    folder,
    'plan.json',
    JSON.stringify({ card: { penalty: 10, reportOn: ['gender'] } }),
  );
  const modelFile = `${folder}/model.json`;
  const applicants = written(
    folder,
    'applicants.csv',
    'applicant_id,n1,l1,l2,colour\nP1,5,A,C,red\nP2,50,C,B,\nP3,50,Q,B,\n,50,C,B,\n',
  );
  const out = `${folder}/screened.csv`;
  const screenIt = (...more: string[]) =>
    bookgrade('screen', applicants, '--model', modelFile, '--out', out, ...more);

  test('calibrate prints the card and how it stands to the attributes it is to be reported on', async () => {
    const ended = await bookgrade(
      ...['calibrate', '--indicators', indicators, '--as-of', '2024-01-01'],
      ...['--plan', plan, '--out', modelFile],
    );
    expect(ended.err).toBe('');
    expect(ended.code).toBe(0);
    expect(ended.out).toContain('Scorecard: everybody begins with');
    expect(ended.out).toMatch(/^l1: A +\+\d+/m);
    expect(ended.out).not.toMatch(/^gender:/m);
    expect(ended.out).toMatch(/gender and the card: its groups explain [\d.]+% .*\(red/);
  });

  test('writes a row an applicant, and counts them by hint', async () => {
    const ended = await screenIt('--json');
    expect(ended.code).toBe(0);
    const summary = JSON.parse(ended.out);
    expect(summary).toMatchObject({ applicants: 3, unseen: 1 });
    expect(summary.issues['missing-value'].rows).toBe(1);
    const screened = csvRows(out);
    expect(screened.map((row) => row.applicant_id)).toEqual(['P1', 'P2', 'P3']);
    expect(screened[0].reasons).toMatch(/l1: A \(\+\d+\)/);
    expect(screened[2]).toMatchObject({ unseen: 'l1', hint: 'more information' });
    expect(Number(screened[0].relativity)).toBeGreaterThan(Number(screened[1].relativity));
    expect((await screenIt()).out).toContain('nobody is declined by it');
  });

  test('blank cells of a column that is there are values nobody knows, line among them', async () => {
    const rows = cardBook(3, 4000, true).map(({ l1, ...row }) => ({ ...row, line: l1 }));
    const byLine = calibrate(readIndicators(rows).table, { card: { penalty: 10 } });
    const file = written(folder, 'by-line.json', writeModel(byLine));
    const blank = written(folder, 'blank.csv', 'applicant_id,line,n1,l2\nP1,,5,A\n');
    const ended = await bookgrade('screen', blank, '--model', file, '--out', out);
    expect(ended.err).toBe('');
    expect(csvRows(out)).toMatchObject([{ applicant_id: 'P1', unseen: 'line' }]);
    const none = written(folder, 'none.csv', 'applicant_id,line,n1,l2\n');
    expect((await bookgrade('screen', none, '--model', file, '--out', out)).code).toBe(0);
  });

  test('a file without ids is misuse, one whose ids are all missing cannot be used', async () => {
    const nameless = written(folder, 'nameless.csv', 'aplicant_id,n1,l1,l2\nP1,5,A,C\n');
    const ended = await bookgrade('screen', nameless, '--model', modelFile, '--out', out);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain(
      'expected a column "applicant_id" or "customer_id" (did you mean "aplicant_id"?)',
    );
    const records = written(
      folder,
      'nameless.ndjson',
      '{"aplicant_id":"P1","n1":5,"l1":"A","l2":"C"}\n',
    );
    expect((await bookgrade('screen', records, '--model', modelFile, '--out', out)).code).toBe(2);
    const lacking = written(
      folder,
      'lacking.ndjson',
      '{"applicant_id":"P1","n1":5,"l1":"A","L2":"C"}\n',
    );
    const missing = await bookgrade('screen', lacking, '--model', modelFile, '--out', out);
    expect(missing.code).toBe(2);
    expect(missing.err).toContain(
      'the card has "l2": expected a column of that name (did you mean "L2"?)',
    );
    const blank = written(folder, 'no-ids.csv', 'applicant_id,n1,l1,l2\n,5,A,C\n');
    const unusable = await bookgrade('screen', blank, '--model', modelFile, '--out', out);
    expect(unusable.code).toBe(1);
    expect(unusable.err).toContain('no row can be used');
  });

  test('an empty card says so wherever it screens', async () => {
    const chance = calibrate(readIndicators(cardBook(11, 1500, false)).table, { card: {} });
    const file = written(folder, 'empty-card.json', writeModel(chance));
    const ended = await bookgrade('screen', applicants, '--model', file, '--out', out);
    expect(ended.out).toContain('Note: nothing tells customers apart');
  });

  test('a column that the card needs, a model without a card and a file in its own way are told', async () => {
    const lacking = written(folder, 'lacking.csv', 'applicant_id,n1,l1\nP1,5,A\n');
    const missing = await bookgrade('screen', lacking, '--model', modelFile, '--out', out);
    expect(missing.code).toBe(2);
    expect(missing.err).toContain('the card has "l2": expected a column of that name');
    const plain = `${folder}/plain.json`;
    await bookgrade(
      ...['calibrate', '--indicators', indicators, '--as-of', '2024-01-01', '--out', plain],
    );
    const without = await bookgrade('screen', applicants, '--model', plain, '--out', out);
    expect(without.code).toBe(2);
    expect(without.err).toContain('the model has no scorecard');
    const over = await bookgrade('screen', applicants, '--model', modelFile, '--out', applicants);
    expect(over.code).toBe(2);
    expect((await bookgrade('screen', applicants, '--out', out)).err).toContain('--model FILE');
    const empty = written(folder, 'empty.csv', '');
    expect((await bookgrade('screen', empty, '--model', modelFile, '--out', out)).code).toBe(2);
  });
});
