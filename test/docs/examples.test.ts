import { readdirSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.restoreAllMocks());

test.each(readdirSync('examples').filter((name) => name.endsWith('.ts')))(
  'examples/%s prints what examples/output/ holds',
  async (name) => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    await import(`../../examples/${name}`);
    const printed = log.mock.calls.map((parts) => parts.join(' ')).join('\n');
    const expected = `../../examples/output/${name.replace('.ts', '.txt')}`;
    await expect(`${printed}\n`).toMatchFileSnapshot(expected);
  },
);
