import { closestMatch } from 'leven';

/**
 * Thrown when a function or command is used wrongly: a missing column, an unknown option, a model
 * of another version. Bad rows in the data never throw; they come back as issues.
 */
export class MisuseError extends Error {
  override readonly name = 'MisuseError';
}

/** Thrown when there are rows but none of them can be used; the issues say why. */
export class UnusableDataError extends Error {
  override readonly name = 'UnusableDataError';
}

/** The sentence ` (did you mean "x"?)` for the valid name nearest to what came, or nothing. */
export function didYouMean(name: string, names: readonly string[]): string {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const target = plain(name);
  const nearest = closestMatch(target, names.map(plain), {
    maxDistance: Math.max(2, Math.floor(target.length / 3)),
  });
  // A mark, such as an operator, is near to nothing.
  const found = nearest && target && names.find((candidate) => plain(candidate) === nearest);
  return found ? ` (did you mean "${found}"?)` : '';
}

/** The name at most so many letters away from what came, the nearest first. */
export function nearName(
  name: string,
  names: readonly string[],
  maxDistance: number,
): string | undefined {
  return closestMatch(name, names, { maxDistance });
}

/** Throws a `MisuseError` for options that are none, or one that a function does not know, with the nearest. */
export function requireKnown(options: object, names: readonly string[], caller: string): void {
  if (typeof options !== 'object' || options === null) {
    throw new MisuseError(`${caller}: expected options as an object, got ${shown(options)}`);
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new MisuseError(`${caller}: unknown option "${unknown}"${didYouMean(unknown, names)}`);
}

/** A value as a message shows it: short and on one line, whatever it is. */
export function shown(value: unknown): string {
  const text = written(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function written(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value !== 'string' && typeof value !== 'object') return String(value);
  if (value instanceof Date && Number.isNaN(value.getTime())) return 'an invalid date';
  try {
    return JSON.stringify(value) ?? 'an object';
  } catch {
    return 'an object';
  }
}
