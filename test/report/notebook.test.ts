import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

interface Cell {
  id: string;
  cell_type: string;
  metadata: { tags?: string[] };
  source: string | string[];
  outputs?: unknown;
  execution_count?: unknown;
}

const folder = 'examples/notebooks';
const notebooks = readdirSync(folder).filter((name) => name.endsWith('.ipynb'));
// Said in one line: what was left out must not pass for tested.
console.log(
  `left out, as it needs Jupyter: running ${notebooks.join(', ')} (npm run notebook does)`,
);

const parsed = (name: string, text: string) =>
  ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
const sourceOf = ({ source }: Cell) => [source].flat().join('');
const offered: Record<string, Set<string>> = {
  bookgrade: exportedBy('src/index.ts'),
  'bookgrade/portfolio': exportedBy('src/portfolio.ts'),
  'bookgrade/report': exportedBy('src/report.ts'),
  'bookgrade/simulate': exportedBy('src/simulate.ts'),
};

describe.each(notebooks)('the notebook %s', (name) => {
  const text = readFileSync(`${folder}/${name}`, 'utf8');
  const notebook = JSON.parse(text);
  const cells: Cell[] = notebook.cells;
  const code = cells.filter(({ cell_type }) => cell_type === 'code');

  test('is a notebook of format 4.5 for the TypeScript kernel of Deno', () => {
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(notebook.metadata.kernelspec).toEqual({
      name: 'deno',
      display_name: 'Deno',
      language: 'typescript',
    });
    expect(notebook.metadata.language_info.name).toBe('typescript');
    for (const { cell_type, metadata, source } of cells) {
      expect(['code', 'markdown']).toContain(cell_type);
      expect(metadata).toBeTypeOf('object');
      for (const line of [source].flat()) expect(line).toBeTypeOf('string');
    }
  });

  test('has a name of its own for every cell, which its pictures are called by', () => {
    const ids = cells.map(({ id }) => id);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9-]{1,64}$/);
    expect(new Set(ids).size).toBe(ids.length);
    expect(code.filter(({ metadata }) => metadata.tags?.includes('chart'))).not.toEqual([]);
  });

  test('is kept as it is before it runs: nothing shown, nothing counted, no errors', () => {
    expect(code.map(({ outputs }) => outputs)).toEqual(code.map(() => []));
    expect(code.map(({ execution_count }) => execution_count)).toEqual(code.map(() => null));
  });

  test('names no file of one machine', () => {
    const ofOneMachine = /file:\/\/|\b[A-Za-z]:\\|(?<![\w.:/])\/(?:[\w.-]+\/)+[\w.-]+/;
    expect(cells.map(sourceOf).filter((source) => ofOneMachine.test(source))).toEqual([]);
  });

  test.each(code)('$id is TypeScript and imports what the package offers', (cell) => {
    const source = sourceOf(cell);
    const { diagnostics } = ts.transpileModule(source, { reportDiagnostics: true });
    expect(diagnostics?.map(({ messageText }) => messageText)).toEqual([]);
    // A kernel leaves a name that does not exist undefined, without a word.
    for (const { from, names } of importsOf(source)) {
      expect(Object.keys(offered)).toContain(from);
      expect(names.filter((imported) => !offered[from]?.has(imported))).toEqual([]);
    }
  });

  test('imports from the package at all', () => {
    const from = code.flatMap((cell) => importsOf(sourceOf(cell)).map((entry) => entry.from));
    expect(from).toContain('bookgrade');
  });
});

/** The names, of values and of types, that a file exports. */
function exportedBy(path: string): Set<string> {
  const names = parsed(path, readFileSync(path, 'utf8')).statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause } = statement;
      return exportClause && ts.isNamedExports(exportClause)
        ? exportClause.elements.map((element) => element.name.text)
        : [];
    }
    const exported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    const named =
      ts.isFunctionDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement);
    return exported && named && statement.name ? [statement.name.text] : [];
  });
  return new Set(names);
}

/** What a cell imports, by name; an import of everything has no names. */
function importsOf(source: string): { from: string; names: string[] }[] {
  return parsed('cell.ts', source)
    .statements.filter(ts.isImportDeclaration)
    .map(({ moduleSpecifier, importClause }) => {
      const bindings = importClause?.namedBindings;
      return {
        from: ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '',
        names:
          bindings && ts.isNamedImports(bindings)
            ? bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
            : [],
      };
    });
}
