import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { build } from 'tsup';
import { afterAll, expect } from 'vitest';
import { runCli } from '../../src/cli/program.js';

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bookgrade-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What a command printed and how it ended. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs the command line in this process. */
export async function bookgrade(...args: string[]): Promise<Ended> {
  const printed = { out: '', err: '' };
  const code = await runCli(args, '1.2.3', {
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
  });
  return { code, ...printed };
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const builtInto = '.cli';

/** Builds the command line once, so that each process starts at once; needed before `startBookgrade`. */
export function buildBookgrade(): Promise<void> {
  return build({
    ...{ config: false, silent: true, clean: false, dts: false },
    ...{ entry: { cli: join(root, 'src/cli.ts') }, outDir: join(root, builtInto) },
    ...{ format: 'esm', target: 'node20', splitting: true },
  });
}

/**
 * Starts the command line as a process of its own, for what only a process has: its streams.
 * Standard output goes to a pipe, or to an open file; a shell may put something before it.
 */
export function startBookgrade(
  args: readonly string[],
  { out = 'pipe', before = '' }: { out?: 'pipe' | number; before?: string } = {},
) {
  const words = [process.execPath, join(root, builtInto, 'cli.js'), ...args];
  const [command, ...rest] = before === '' ? words : ['sh', '-c', `${before} "$0" "$@"`, ...words];
  return spawn(command, rest, { cwd: root, stdio: ['pipe', out, 'pipe'] });
}

/** Waits for a process, after giving it pieces of standard input one by one. */
export async function ended(
  child: ReturnType<typeof startBookgrade>,
  ...input: (string | Buffer)[]
): Promise<Ended> {
  const printed = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk) => {
    printed.out += chunk;
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk) => {
    printed.err += chunk;
  });
  child.stdin?.on('error', () => {});
  for (const piece of input) {
    child.stdin?.write(piece);
    await new Promise((next) => setTimeout(next, 20));
  }
  child.stdin?.end();
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, ...printed };
}

export const read = (path: string) => {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

/** The records of a CSV file. */
export const csvRows = (path: string) =>
  Papa.parse<Record<string, string>>(read(path), { header: true, skipEmptyLines: true }).data;

/** Writes a file and gives its path. */
export function written(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/**
 * A book small enough to work out by hand, as of 2024-01-01: Ann has three years without a claim, Bob
 * has two claims, Cid began three months before.
 */
export const smallPolicies = `customer_id,policy_id,from,to,premium,line
ann,A1,2021-01-01,2022-01-01,400,motor
ann,A1,2022-01-01,2023-01-01,410,motor
ann,A1,2023-01-01,2024-01-01,420,motor
bob,B1,2021-01-01,2022-01-01,300,home
bob,B1,2022-01-01,2023-01-01,300,home
bob,B1,2023-01-01,2024-01-01,300,home
cid,C1,2023-10-01,2024-10-01,500,motor
`;
export const smallClaims = `claim_id,policy_id,occurred_on,paid,reserve
K1,B1,2022-05-02,150,
K2,B1,2023-06-01,900,100
`;

/** The small book as files in a folder that is gone after the tests, and what tests do with it. */
export function smallBook() {
  const folder = temporaryFolder();
  const file = (name: string, content: string | Uint8Array) => written(folder, name, content);
  const policies = file('policies.csv', smallPolicies);
  const claims = file('claims.csv', smallClaims);
  const asOf = ['--as-of', '2024-01-01'];
  const book = ['--policies', policies, '--claims', claims, ...asOf];

  let outputs = 0;
  /** A path in a folder of its own, so that whatever is left beside it can be seen. */
  const freshPath = (name = 'graded.csv') => {
    const place = join(folder, `output-${++outputs}`);
    mkdirSync(place);
    return join(place, name);
  };
  const left = (path: string) => readdirSync(join(path, '..'));

  /** Scores policies given as text, without claims unless they are given too. */
  const scoreText = async (text: string, ...more: string[]) => {
    const out = freshPath();
    const noClaims = file('none.csv', 'claim_id,policy_id,occurred_on,paid\n');
    const ended = await bookgrade(
      ...['score', '--policies', file('given.csv', text), ...asOf, '--out', out, '--json', ...more],
      ...(more.includes('--claims') ? [] : ['--claims', noClaims]),
    );
    return { ...ended, rows: existsSync(out) ? csvRows(out) : [] };
  };

  /** What is answered to a command that is refused: one line on standard error, nothing elsewhere. */
  const refused = async (code: number, ...args: string[]): Promise<string> => {
    const out = freshPath();
    const ended = await bookgrade(...args, ...(args.includes('--out') ? [] : ['--out', out]));
    expect(ended.out).toBe('');
    expect(ended.err).toMatch(/^[^\n]+\n$/);
    expect(ended.err).not.toMatch(/\bat .*:\d+:\d+|NaN|undefined|\[object/);
    expect(ended.code).toBe(code);
    expect(left(out)).toEqual([]);
    return ended.err.trimEnd();
  };
  return { folder, file, policies, claims, asOf, book, freshPath, left, scoreText, refused };
}
