import ts from 'typescript';

/**
 * What each setting of a plan is, by its path (`risk.rules[].tier`, `service.catalogue.*.budget`): the
 * doc comments of the schema in src/plan/, as an editor shows them on hover.
 */
export function planNotes(): Readonly<Record<string, string>> {
  found ??= read();
  return found;
}
let found: Readonly<Record<string, string>> | undefined;

function read(): Record<string, string> {
  const path = 'src/plan/plan.ts';
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const program = ts.createProgram([path], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path);
  const file = source && checker.getSymbolAtLocation(source);
  const plan = file && checker.getExportsOfModule(file).find(({ name }) => name === 'Plan');
  if (!plan) throw new Error(`${path} exports no type Plan`);

  const notes: Record<string, string> = {};
  const walk = (type: ts.Type, at: string): void => {
    if (type.isUnion()) for (const one of type.types) walk(one, at);
    else if (checker.isTupleType(type)) return;
    else if (checker.isArrayType(type)) {
      for (const item of checker.getTypeArguments(type as ts.TypeReference)) walk(item, `${at}[]`);
    } else if (type.flags & ts.TypeFlags.Object) {
      const member = checker.getIndexTypeOfType(type, ts.IndexKind.String);
      if (member) walk(member, `${at}.*`);
      for (const property of type.getProperties()) {
        const name = at === '' ? property.name : `${at}.${property.name}`;
        const said = ts.displayPartsToString(property.getDocumentationComment(checker));
        if (said !== '') notes[name] = said.replaceAll(/\s+/g, ' ');
        walk(checker.getTypeOfSymbol(property), name);
      }
    }
  };
  walk(checker.getDeclaredTypeOfSymbol(plan), '');
  return notes;
}
