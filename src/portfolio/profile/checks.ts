import type { Attribute } from '../../base/columns.js';
import { MisuseError, shown } from '../../base/errors.js';
import { isNumber, maxNumberLabels } from '../../scoring/scorecard/levels.js';
import type { ProfileOptions } from './options.js';

/** Throws a `MisuseError` for a setting that no profile can be made by. */
export function checkSettings({
  attributes,
  trends = {},
  falseDiscoveryRate = 0.1,
  minimumExposure = 0,
}: ProfileOptions): void {
  const refuse = (expected: string, got: unknown) => {
    throw new MisuseError(`profile: expected ${expected}, got ${shown(got)}`);
  };
  if (!(falseDiscoveryRate > 0 && falseDiscoveryRate < 1))
    refuse('a falseDiscoveryRate between 0 and 1', falseDiscoveryRate);
  if (!(Number.isFinite(minimumExposure) && minimumExposure >= 0))
    refuse('a minimumExposure in years, 0 or more', minimumExposure);
  if (attributes !== undefined && !Array.isArray(attributes))
    refuse("attributes as a list of names, like ['age']", attributes);
  if (typeof trends !== 'object' || trends === null)
    refuse("trends by attribute, like { age: 'descending' }", trends);
}

/** So many of the values that are no numbers are named. */
const maxNamed = 3;

/** Where a few texts among numbers keep an attribute from being cut into ranges. */
export function notesOnMixed({ name, codes, labels }: Attribute): string[] {
  const present = [...new Set(codes)].flatMap((code) => labels[code] ?? []);
  const texts = present.filter((label) => !isNumber(label));
  const numbers = present.length - texts.length;
  if (texts.length === 0 || numbers <= Math.max(maxNumberLabels, texts.length)) return [];
  const named = texts
    .sort()
    .slice(0, maxNamed)
    .map((text) => shown(text));
  const more = texts.length > maxNamed ? [`${texts.length - maxNamed} more values`] : [];
  return [
    `${name}: all but ${[...named, ...more].join(', ')} are numbers; so none is cut into ranges`,
  ];
}
