import { dirname, relative, resolve } from 'node:path';
import ts from 'typescript';

const source = resolve('src');

/**
 * Writes the declarations of src/ into a folder. A type that follows from a schema is written out, with
 * the documentation of its parts: it reads well where it is used and needs no zod there.
 */
export function writeTypes(entries: readonly string[], folder: string): void {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const program = ts.createProgram(
    entries.map((path) => resolve(path)),
    {
      ...options,
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: source,
      outDir: folder,
    },
  );
  const inferred = inferredTypes(program);
  program.emit(undefined, (path, text, mark, _, sources) => {
    const own = inferred.filter(({ file }) =>
      sources?.some(({ fileName }) => fileName === file.fileName),
    );
    const written = own.reduce((before, { name, declaration }) => {
      const old = new RegExp(`^(?:export )?(?:declare )?type ${name} = .*;$`, 'm');
      return before.replace(old, () => declaration);
    }, text);
    const isThere = (name: string) => new RegExp(`^import .*\\b${name}\\b.* from`, 'm').test(text);
    const needed = own.flatMap(({ imports }) => imports).filter(({ name }) => !isThere(name));
    const imports = [...new Set(needed.map(({ text }) => text))].join('');
    ts.sys.writeFile(path, imports + written, mark);
  });
}

interface InferredType {
  readonly file: ts.SourceFile;
  readonly name: string;
  readonly declaration: string;
  readonly imports: readonly { readonly name: string; readonly text: string }[];
}

/** Types whose text would bring schemas along. */
const followsFromCode = /^z\.(in|out)put<|^\(typeof \w+\)\[number\]\['\w+'\]$/;

/** The types of src/ that are worked out from schemas. */
function inferredTypes(program: ts.Program): InferredType[] {
  const checker = program.getTypeChecker();
  const aliases = program.getSourceFiles().flatMap((file) =>
    file.statements
      .filter(ts.isTypeAliasDeclaration)
      .filter(({ type }) => followsFromCode.test(type.getText(file)))
      .map((alias) => ({ file, alias, type: checker.getTypeAtLocation(alias.name) })),
  );
  const names = new Map(
    [...listedTypes(program), ...aliases]
      .filter(({ alias }) => isExported(alias))
      .map(({ alias, type }) => [type, alias]),
  );
  return aliases.map(({ file, alias, type }) => {
    const writer = typeWriter(checker, file, (part) =>
      part === type ? undefined : names.get(part),
    );
    const name = alias.name.text;
    const written = writer.written(type, alias);
    const declaration =
      written.startsWith('{') && !type.isUnion()
        ? `export interface ${name} ${written}`
        : `export type ${name} = ${written};`;
    return { file, name, declaration, imports: writer.imports() };
  });
}

const isExported = ({ modifiers }: ts.TypeAliasDeclaration) =>
  modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;

/** The names of lists of codes, as the tiers. */
function listedTypes(program: ts.Program) {
  const checker = program.getTypeChecker();
  return program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(source))
    .flatMap(({ statements }) => statements.filter(ts.isTypeAliasDeclaration))
    .map((alias) => ({ alias, type: checker.getTypeAtLocation(alias.name) }))
    .filter(({ type }) => type.isUnion() && type.types.every((part) => part.isStringLiteral()));
}

/** Writes types of a file as text, and keeps what they need to be imported. */
function typeWriter(
  checker: ts.TypeChecker,
  file: ts.SourceFile,
  named: (type: ts.Type) => ts.TypeAliasDeclaration | undefined,
) {
  const needed = new Map<string, ts.SourceFile>();

  function nameOf(symbol: ts.Symbol, declaration: ts.Declaration): string {
    const home = declaration.getSourceFile();
    if (home !== file) needed.set(symbol.name, home);
    return symbol.name;
  }

  function written(type: ts.Type, at: ts.Node, indent = ''): string {
    const alias = named(type);
    if (alias) return nameOf(checker.getSymbolAtLocation(alias.name) as ts.Symbol, alias);
    const { aliasSymbol } = type;
    const [declared] = aliasSymbol?.declarations ?? [];
    const isOwn =
      declared !== undefined &&
      ts.isTypeAliasDeclaration(declared) &&
      isExported(declared) &&
      declared.getSourceFile().fileName.startsWith(source);
    if (aliasSymbol && declared && isOwn && isNamed(type, at)) return nameOf(aliasSymbol, declared);
    if (checker.isArrayType(type)) {
      const [element] = checker.getTypeArguments(type as ts.TypeReference);
      const inside = written(element, at, indent);
      const list = /^[\w<>, ]+$|^\{[\s\S]*\}$/.test(inside) ? `${inside}[]` : `(${inside})[]`;
      return type.symbol.name === 'ReadonlyArray' ? `readonly ${list}` : list;
    }
    if (checker.isTupleType(type)) {
      const reference = type as ts.TupleTypeReference;
      if (reference.target.hasRestElement) return asTypeScriptSays(type, at);
      const parts = checker.getTypeArguments(reference);
      return `readonly [${parts.map((part) => written(part, at, indent)).join(', ')}]`;
    }
    if (type.isUnion() && !(type.flags & ts.TypeFlags.Boolean)) return union(type, at, indent);
    const members = checker.getPropertiesOfType(type);
    const isRecord = type.flags & ts.TypeFlags.Object;
    const index = type.getStringIndexType();
    if (isRecord && index && members.length === 0) {
      return `Record<string, ${written(index, at, indent)}>`;
    }
    if (!isRecord || members.length === 0) {
      return asTypeScriptSays(type, at);
    }
    const inner = `${indent}    `;
    const lines = members.map((member) => {
      const part = checker.getTypeOfSymbolAtLocation(member, at);
      const isOptional = (member.flags & ts.SymbolFlags.Optional) !== 0;
      const text = ts.displayPartsToString(member.getDocumentationComment(checker));
      const doc = text && `${inner}/** ${text.replaceAll('\n', `\n${inner} * `)} */\n`;
      return `${doc}${inner}${key(member.name)}${isOptional ? '?' : ''}: ${written(part, at, inner)};\n`;
    });
    return `{\n${lines.join('')}${indent}}`;
  }

  /** Whether the name of a type says all of it: not where undefined was added to what it names. */
  const isNamed = (type: ts.Type, at: ts.Node) =>
    asTypeScriptSays(type, at).replace(/^import\(.*\)\./, '') === type.aliasSymbol?.name;

  const asTypeScriptSays = (type: ts.Type, at: ts.Node) =>
    checker.typeToString(type, at, ts.TypeFormatFlags.NoTruncation);

  function union(type: ts.UnionType, at: ts.Node, indent: string): string {
    const parts = type.types.map((part) => written(part, at, indent));
    const isEither = parts.includes('true') && parts.includes('false');
    const last = ['true', 'false', 'null', 'undefined'];
    const joined = [
      ...parts.filter((part) => !last.includes(part)),
      ...(isEither ? ['boolean'] : []),
      ...last.filter((part, k) => parts.includes(part) && !(isEither && k < 2)),
    ];
    return joined.join(' | ');
  }

  const imports = () =>
    [...needed].map(([name, home]) => ({
      name,
      text: `import type { ${name} } from '${pathTo(file, home)}';
`,
    }));
  return { written, imports };
}

const key = (name: string) => (/^\w+$/.test(name) ? name : `'${name}'`);

/** The path of a file as another imports it. */
function pathTo(from: ts.SourceFile, home: ts.SourceFile): string {
  const path = relative(dirname(from.fileName), home.fileName).replace(/\.ts$/, '.js');
  return path.startsWith('.') ? path : `./${path}`;
}
