import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { indicators, readBook, readExperience } from '../../src/index.js';

const page = readFileSync('docs/files.md', 'utf8');
/** The columns file under a heading of the page. */
const columnsOf = (heading: string) =>
  JSON.parse(/```json\n([^`]*)```/.exec(page.slice(page.indexOf(`### ${heading}\n`)))?.[1] ?? '');
const asOf = '2024-01-01';
const figures = (book: Parameters<typeof indicators>[0]) => {
  const { ids, columns } = indicators(book, { asOf });
  const of = (name: string) => columns[name][0];
  return [
    ids[0],
    of('exposure_years'),
    of('earned_premium'),
    of('claim_count'),
    of('incurred_loss'),
  ];
};

describe('the columns file of the page reads an export of', () => {
  test('policy administration', () => {
    const vehicle = {
      Client: 7,
      Line: 'motor',
      'Policy no': 5,
      Start: '01/01/2023',
      Expiry: '31/12/2023',
    };
    const { book, issues } = readBook(
      [
        { ...vehicle, 'Gross premium': 500 },
        { ...vehicle, 'Gross premium': 450 },
      ],
      [{ claim_id: 1, Line: 'motor', 'Policy no': 5, occurred_on: '31/12/2023', paid: 90 }],
      columnsOf('Policy administration'),
    );
    expect(issues).toEqual([]);
    expect(figures(book)).toEqual(['7', 2, 950, 1, 90]);
  });

  test('a claims system', () => {
    const payment = { policy_id: 'A1', 'Claim no': 1, 'Loss date': '2023-05-02' };
    const { book, issues } = readBook(
      [{ customer_id: 'Ann', policy_id: 'A1', from: '2023-01-01', to: asOf, premium: 400 }],
      [
        { ...payment, Amount: 100, Booked: '2023-06-01' },
        { ...payment, Amount: 50, Booked: '2024-02-01' },
      ],
      columnsOf('Claims system'),
    );
    expect(issues).toEqual([]);
    expect(figures(book)).toEqual(['Ann', 1, 400, 1, 100]);
  });

  test("a broker's spreadsheet", () => {
    const { book, issues } = readBook(
      [{ Insured: 'Ann', Policy: 'A1', From: '44927', To: '45292', Premium: '1.234,50' }],
      [{ claim_id: 1, policy_id: 'A1', occurred_on: '45000', paid: '90,5' }],
      { ...columnsOf("Broker's spreadsheet"), claims: { columns: { policy_id: 'policy_id' } } },
    );
    expect(issues).toEqual([]);
    expect(figures(book)).toEqual(['Ann', 1, 1234.5, 1, 90.5]);
  });

  test('a data warehouse', () => {
    const { book, issues } = readBook(
      [
        {
          customer_id: 'Ann',
          policy_id: 'A1',
          valid_from: '2022-01-01T00:00:00+02:00',
          valid_to: '9999-12-31T00:00:00+02:00',
          premium: 400,
        },
      ],
      [{ claim_id: 1, policy_id: 'A1', occurred_on: '2023-12-31T23:00:00-05:00', paid: 90 }],
      columnsOf('Data warehouse'),
    );
    expect(issues).toEqual([]);
    expect(figures(book)).toEqual(['Ann', 2, 800, 1, 90]);
  });

  test("a regulator's yearly sums", () => {
    const { book, issues } = readExperience(
      [{ insured: 'Ann', year: '2023', earned: '1,200', claims: 1, incurred: '2,000' }],
      columnsOf("Regulator's yearly sums"),
    );
    expect(issues).toEqual([]);
    expect(figures(book)).toEqual(['Ann', 1, 1200, 1, 2000]);
  });
});
