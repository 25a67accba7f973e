import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPlan, writeModel } from '../../src/index.js';
import { lint } from '../../src/lint.js';
import { bookgrade, smallBook } from '../support/command.js';
import { fixedModel } from '../support/fixed-model.js';

const { file, book } = smallBook();
const plan = (name: string, content: object) => file(name, JSON.stringify(content));
const twoClaims = plan('two.json', {
  name: 'two',
  risk: {
    rules: [
      ...readPlan().risk.rules.slice(0, 4),
      { tier: 'high-risk', when: ['=', 'claim_count', 2] },
      ...readPlan().risk.rules.slice(4),
    ],
  },
});

describe('lint', () => {
  test('a sound plan ends with 0 and says what was looked at', async () => {
    const { code, out, err } = await bookgrade('lint', 'examples/careful.plan.json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^The plan "careful" is sound: no fault found\.\n/);
    expect(out).toMatch(/cells looked at/);
  });

  test('a plan with a fault ends with 1, and shows a customer before and after', async () => {
    const { code, out, err } = await bookgrade('lint', twoClaims);
    expect(code).toBe(1);
    expect(err).toMatch(/two\.json: 1 fault, as printed\n$/);
    expect(out).toMatch(/^risk\.rules: risk-not-monotone$/m);
    expect(out).toMatch(/^ {2}before: .*2 claims/m);
    expect(out).toMatch(/^ {2}after: +3 claims$/m);
    expect(out).not.toMatch(/NaN|undefined|null/);
  });

  test('gives all of it as JSON, as the library does', async () => {
    const { code, out } = await bookgrade('lint', twoClaims, '--json');
    expect(code).toBe(1);
    const rules = JSON.parse(readFileSync(twoClaims, 'utf8'));
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(lint(rules))));
  });

  test('with a book it tells what the rules do to it, and which rows could not be used', async () => {
    const sound = plan('default.json', {});
    const { code, out } = await bookgrade('lint', sound, ...book);
    expect(code).toBe(0);
    expect(out).toMatch(/^On the book of 3 customers:$/m);
    // Ann without a claim, Bob over break-even, Cid new.
    expect(out).toMatch(/^risk\.rules\[1\] +unrated +1 +1$/m);
    expect(out).toMatch(/^risk\.rules\[3\] +excellent +2 +1$/m);
    expect(out).toMatch(/^No customers: .*risk: healthy/m);
    expect(out).toMatch(/^Rules that decide for no customer: risk\.rules\[0\] \(unrated\), /m);
    expect(out).toMatch(/No issues: every row was used\.$/m);
    const { book: told, issues } = JSON.parse(
      (await bookgrade('lint', sound, ...book, '--json')).out,
    );
    expect(told.customers).toBe(3);
    expect(issues).toEqual({});
  });

  test('a model is looked at by its plan; a plan file that names nothing is refused, with the place', async () => {
    const model = file('model.json', writeModel(fixedModel()));
    expect((await bookgrade('lint', model, ...book)).code).toBe(0);
    const wrong = plan('wrong.json', {
      risk: { rules: [{ tier: 'high-risk', when: ['>', 'claim_cout', 2] }] },
    });
    const { code, err } = await bookgrade('lint', wrong, ...book);
    expect(code).toBe(2);
    expect(err).toMatch(/risk\.rules\[0\].*did you mean "claim_count"/);
  });

  test.each([
    [[], /missing required argument 'plan'/],
    [['no-such.json'], /cannot read a file no-such\.json/],
    [['examples/careful.plan.json', '--as-of', '2024-01-01'], /--as-of goes with an input/],
    [['examples/careful.plan.json', '--max-issues', '3'], /--max-issues goes with an input/],
    [['examples/careful.plan.json', '--plan', 'x.json'], /takes the plan or model as its argument/],
    [['examples/careful.plan.json', '--window', '24m'], /the window of the plan/],
    [['examples/careful.plan.json', ...book.slice(0, 4)], /--as-of DATE/],
    [['examples/careful.plan.json', ...book.slice(0, 2)], /expected one input/],
  ])('%j is misuse', async (args, message) => {
    const { code, out, err } = await bookgrade('lint', ...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
