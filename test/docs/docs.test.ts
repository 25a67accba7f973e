import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import * as formula from '../../src/formula.js';
import * as library from '../../src/index.js';
import * as lint from '../../src/lint.js';
import * as portfolio from '../../src/portfolio.js';
import * as report from '../../src/report.js';
import * as simulation from '../../src/simulate.js';
import * as stats from '../../src/stats.js';
import { expectInReadme } from '../support/readme.js';

const names = { ...library, ...portfolio, ...report, ...lint, ...stats, ...formula, ...simulation };
const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;

interface Example {
  where: string;
  /** The page it stands in. */
  page?: string;
  code: string;
  /** What the text block after the code says it prints. */
  prints?: string;
}

/**
 * Runs an example. A statement followed by `// => value`, on its line or the next, must have that
 * value; the lines it prints are returned.
 */
async function run({ code }: Example): Promise<{ printed: string; checks: number }> {
  const lines: string[] = [];
  let checks = 0;
  const check = (value: unknown, expected: string) => {
    checks++;
    const typed = /^Float64Array (\[.*\])$/.exec(expected);
    const wanted = new Function(`return ${typed ? typed[1] : expected}`)();
    expect(ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value).toEqual(wanted);
  };
  const checked = code
    .replaceAll(/^import [^;]+;\n/gm, '')
    .replaceAll(/^(.*\S);\n?\s*\/\/ => (.+)$/gm, (_, expression: string, value: string) => {
      return `__check(${expression}, ${JSON.stringify(value)});`;
    });
  const { outputText } = ts.transpileModule(checked, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const console = { log: (...parts: unknown[]) => lines.push(parts.map(String).join(' ')) };
  const imported = [...code.matchAll(/^import \{([^}]+)\}/gm)].flatMap(([, list]) =>
    list.split(',').map((name) => name.trim()),
  );
  const used = Object.entries(names).filter(
    ([name]) => imported.length === 0 || imported.includes(name),
  );
  const body = AsyncFunction('console', '__check', ...used.map(([name]) => name), outputText);
  await body(console, check, ...used.map(([, value]) => value));
  return { printed: lines.join('\n'), checks };
}

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(join('src', path), 'utf8') }));

describe('the examples of doc comments', () => {
  const examples: Example[] = sources.flatMap(({ path, text }) =>
    [...text.matchAll(/@example\n \* ```ts\n([\s\S]*?) \* ```/g)].map(([, block], k) => ({
      where: `${path} ${k + 1}`,
      code: block.replaceAll(/^ \* ?/gm, ''),
    })),
  );

  test.each(examples)('$where gives what it says', async (example) => {
    expect((await run(example)).checks).toBeGreaterThan(0);
  });

  test('every function of the package has a doc comment, most have an example', () => {
    const functions = Object.entries(names)
      .filter(([, value]) => typeof value === 'function' && !/^class /.test(String(value)))
      .map(([name]) => name);
    const documented = functions.filter((name) =>
      sources.some(({ text }) =>
        new RegExp(`\\*/\\nexport (async )?function\\*? ${name}\\b`).test(text),
      ),
    );
    expect(documented).toEqual(functions);
    expect(examples.length).toBeGreaterThanOrEqual(12);
  });
});

/** The examples of a page: code, and the text block after it that says what it prints. */
const examplesOf = (page: string): Example[] =>
  [
    ...readFileSync(page, 'utf8').matchAll(
      /```ts\n([\s\S]*?)```\n(?:[^`]*?```text\n([\s\S]*?)```)?/g,
    ),
  ].map(([, code, prints], k) => ({ where: `${page}, block ${k + 1}`, page, code, prints }));

const runsAsItSays = async (example: Example) => {
  const { printed, checks } = await run(example);
  const { page, prints } = example;
  if (prints === undefined) return expect(checks).toBeGreaterThan(0);
  if (process.env.UPDATE_README && page) {
    const text = readFileSync(page, 'utf8');
    writeFileSync(
      page,
      text.replace(`\`\`\`text\n${prints}\`\`\``, () => `\`\`\`text\n${printed}\n\`\`\``),
    );
    return expect(printed).not.toBe('');
  }
  return expect(printed).toBe(prints.trimEnd());
};

const pages = readdirSync('docs').filter((name) => name.endsWith('.md'));
const pageExamples = pages.flatMap((name) => examplesOf(join('docs', name)));

test.each(pageExamples)('$where prints what the page says it prints', runsAsItSays);

describe('the README', () => {
  const examples = examplesOf('README.md');

  test.each(examples)('$where prints what the README says it prints', runsAsItSays);

  test('the first example takes no more than fifteen lines', () => {
    expect(examples[0].code.trim().split('\n').length).toBeLessThanOrEqual(15);
  });
});

const tables: Record<string, [page: string, lines: string[]]> = {
  indicators: [
    'concepts',
    [
      '| indicator | unit | definition |',
      '|---|---|---|',
      ...library.indicatorList.map(
        ({ name, unit, definition }) => `| \`${name}\` | ${unit} | ${definition} |`,
      ),
    ],
  ],
  issues: [
    'files',
    [
      '| code | meaning |',
      '|---|---|',
      ...Object.entries(library.issueCodes).map(([code, text]) => `| \`${code}\` | ${text} |`),
    ],
  ],
  hints: [
    'concepts',
    [
      '| hint | action | when |',
      '|---|---|---|',
      ...library
        .readPlan()
        .hints.map(
          ({ code, action, when }) =>
            `| \`${code}\` | ${action} | ${formula.explainFormula(when)} |`,
        ),
    ],
  ],
};

test.each(Object.entries(tables))(
  'the table of %s is made from the code',
  (name, [page, lines]) => {
    expectInReadme(name, lines.join('\n'), `docs/${page}.md`);
  },
);

const entries = {
  bookgrade: library,
  'bookgrade/portfolio': portfolio,
  'bookgrade/report': report,
  'bookgrade/lint': lint,
  'bookgrade/stats': stats,
  'bookgrade/formula': formula,
  'bookgrade/simulate': simulation,
};

/** The first sentence of the doc comment of what is exported; empty where it has none. */
function firstSentence(name: string): string {
  const declared = new RegExp(
    `/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\nexport (?:(?:async )?function\\*?|const|class) ${name}\\b`,
  );
  const [comment = ''] = sources.flatMap(({ text }) => declared.exec(text)?.[1] ?? []);
  const text = comment
    .replaceAll(/\s*\n \*\s*/g, ' ')
    .replace(/ @[a-z][\s\S]*/, '')
    .trim();
  return text.split(/(?<=\.) (?=[A-Z`*])/)[0].replaceAll('|', '\\|');
}

test('every value that the package exports stands in docs/api.md with what it is', () => {
  const lines = Object.entries(entries).flatMap(([entry, values]) => [
    `### ${entry}`,
    '',
    '| name | what it is |',
    '|---|---|',
    ...Object.keys(values)
      .sort()
      .map((name) => `| \`${name}\` | ${firstSentence(name)} |`),
    '',
  ]);
  expectInReadme('entries', lines.join('\n').trimEnd(), 'docs/api.md');
  expect(Object.keys(names).filter((name) => firstSentence(name) === '')).toEqual([]);
});

test('every value that the package exports is used in a page or an example', () => {
  const withoutList = (text: string) =>
    text.replace(/<!-- entries -->[\s\S]*<!-- \/entries -->/, '');
  const used = [
    ...['README.md', ...pages.map((name) => join('docs', name))].map((path) =>
      withoutList(readFileSync(path, 'utf8')),
    ),
    ...readdirSync('examples')
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join('examples', name), 'utf8')),
    ...sources.flatMap(({ text }) => text.match(/@example[\s\S]*?\*\//g) ?? []),
  ].join('\n');
  expect(Object.keys(names).filter((name) => !new RegExp(`\\b${name}\\b`).test(used))).toEqual([]);
});

test('the codes of lint stand in docs/rules.md as in the code', () => {
  const rows = Object.entries(lint.lintCodes).map(([code, text]) => `| \`${code}\` | ${text} |`);
  expectInReadme(
    'lint-codes',
    ['| code | meaning |', '|---|---|', ...rows].join('\n'),
    'docs/rules.md',
  );
});
