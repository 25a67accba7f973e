import { readFile } from 'node:fs/promises';
import type { Options } from 'tsup';
import ts from 'typescript';

/** What takes part in a build. */
export type Plugin = NonNullable<Options['esbuildPlugins']>[number];

const resolved = Symbol('resolved');

/**
 * Marks what a module makes when it is loaded (schemas, tables) as free of side effects, so that whoever
 * bundles the package leaves out what is not used although many modules stand in one file.
 */
export const pureModules: Plugin = {
  name: 'pure modules',
  setup(build) {
    // What k-means comes with does not say that importing it has no effect; it has none.
    build.onResolve(
      { filter: /^(ml-|fft\.js$|is-any-array$)/ },
      async ({ path, pluginData, ...from }) => {
        if (pluginData === resolved) return undefined;
        const found = await build.resolve(path, { ...from, pluginData: resolved });
        return { ...found, sideEffects: false };
      },
    );
    build.onLoad(
      { filter: /[\\/](src|date-fns|@date-fns|ml-[\w-]+)[\\/].*\.[jt]s$/ },
      async ({ path }) => ({
        contents: marked(await readFile(path, 'utf8')),
        loader: path.endsWith('.ts') ? 'ts' : 'js',
      }),
    );
  },
};

/** The text with every constant of the module that is worked out made by a call marked as pure. */
function marked(text: string): string {
  const insertions = ts
    .createSourceFile('module.ts', text, ts.ScriptTarget.ES2022)
    .statements.filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .flatMap(({ name, initializer }) =>
      initializer && ts.isIdentifier(name) && isWorkedOut(initializer) ? [initializer] : [],
    );
  return insertions.reduceRight((before, { pos, end }) => {
    const made = `/* @__PURE__ */ (() => (${before.slice(pos, end)}))()`;
    return `${before.slice(0, pos)} ${made}${before.slice(end)}`;
  }, text);
}

/** Whether an expression does more than name, list or define: what it does may have an effect. */
function isWorkedOut(node: ts.Node): boolean {
  if (ts.isFunctionLike(node) || ts.isTypeNode(node)) return false;
  const works =
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isSpreadElement(node) ||
    ts.isSpreadAssignment(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isTemplateExpression(node);
  return works || (ts.forEachChild(node, isWorkedOut) ?? false);
}
