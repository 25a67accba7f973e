import stripJsonComments from 'strip-json-comments';
import { MisuseError } from '../../base/errors.js';

/** Keys and positions that lead from a whole to one of its parts. */
export type Path = readonly PropertyKey[];

/** What a JSON text holds, and where in the text each of its parts stands. */
export interface LocatedJson {
  readonly value: unknown;
  /** Line and column of a part, or of the nearest part around it that the text has. */
  place(path: Path): string;
  /** Line and column of the name of a member. */
  placeOfKey(path: Path, key: string): string;
  /** Line and column of a character of a text. */
  placeInText(path: Path, character: number): string;
}

const maxNested = 200;
const token = /\s*(?:([{}[\],:])|("[^"\\]*(?:\\.[^"\\]*)*")|([^\s{}[\],:"]+)|(\S))/y;

/**
 * Reads JSON in which comments and commas after the last member may stand. A name that appears twice
 * in one object is refused: one of the two would be lost silently.
 */
export function locatedJson(source: string, what: string): LocatedJson {
  // Blanks take the place of comments, so that every position stays what it is in the file.
  const text = stripJsonComments(source.replace(/^\uFEFF/, ' '), { trailingCommas: true });
  const starts = new Map<string, number>();
  const keys = new Map<string, number>();
  const lineColumn = (at: number) => {
    const lines = source.slice(0, at).split(/\r\n|\n|\r/);
    return `line ${lines.length}, column ${lines[lines.length - 1].length + 1}`;
  };
  const refuse = (at: number, expected: string): never => {
    throw new MisuseError(`${what} (${lineColumn(at)}): expected ${expected}`);
  };

  let at = 0;
  const next = () => {
    token.lastIndex = at;
    const match = token.exec(text);
    if (!match) return { text: '', at: text.trimEnd().length };
    at = token.lastIndex;
    const found = match[0].trimStart();
    return { text: found, at: at - found.length };
  };
  const read = (path: Path, first = next()): void => {
    if (path.length > maxNested)
      refuse(first.at, `at most ${maxNested} brackets within each other`);
    starts.set(keyOf(path), first.at);
    if (first.text === '{') members(path, '}');
    else if (first.text === '[') members(path, ']');
    else if (!isScalar(first.text))
      refuse(
        first.at,
        `a value: text in double quotes, a number, true, false, null, [ or {, got ${first.text === '' ? 'the end' : first.text.slice(0, 30)}`,
      );
  };
  const members = (path: Path, end: '}' | ']') => {
    for (let k = 0; ; k++) {
      let first = next();
      if (k === 0 && first.text === end) return;
      let key: PropertyKey = k;
      if (end === '}') {
        if (!/^".*"$/s.test(first.text) || !isScalar(first.text))
          refuse(first.at, 'a name in double quotes');
        key = JSON.parse(first.text) as string;
        const member = keyOf([...path, key]);
        if (keys.has(member))
          refuse(
            first.at,
            `"${key}" once; it stands before at ${lineColumn(keys.get(member) ?? 0)}`,
          );
        keys.set(member, first.at);
        const colon = next();
        if (colon.text !== ':') refuse(colon.at, `: after "${key}"`);
        first = next();
      }
      read([...path, key], first);
      const after = next();
      if (after.text === end) return;
      if (after.text !== ',') refuse(after.at, `, or ${end}`);
    }
  };
  read([]);
  const rest = next();
  if (rest.text !== '') refuse(rest.at, 'nothing after the end of the plan');

  const startOf = (path: Path): number =>
    starts.get(keyOf(path)) ?? (path.length === 0 ? 0 : startOf(path.slice(0, -1)));
  return {
    value: JSON.parse(text),
    place: (path) => lineColumn(startOf(path)),
    placeOfKey: (path, key) => lineColumn(keys.get(keyOf([...path, key])) ?? startOf(path)),
    placeInText(path, character) {
      const start = startOf(path) + 1;
      // An escaped character, `\n` or `\u003e`, takes more room in the file than in the text.
      const written = /\\u[\dA-Fa-f]{4}|\\.|[^\\]/gsy;
      written.lastIndex = start;
      for (let k = 0; k < character; k++) written.exec(text);
      return lineColumn(written.lastIndex || start);
    },
  };
}

const keyOf = (path: Path): string => JSON.stringify(path);

function isScalar(text: string): boolean {
  if (text === '' || '{}[],:'.includes(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
