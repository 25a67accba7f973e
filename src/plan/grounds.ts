import { didYouMean, MisuseError } from '../base/errors.js';
import { changeCode, type Ground, groundsInForce, type Prohibited, plain } from './ground.js';
import type { Plan } from './plan.js';
import { startingGrounds } from './starting-grounds.js';

/** A plan's grounds with the starting grounds of its jurisdictions; one of the same code is kept. */
export function withStartingGrounds(prohibited: Prohibited): Prohibited {
  const { jurisdictions, grounds } = prohibited;
  const further = startingGrounds().filter(
    ({ jurisdiction, code }) =>
      jurisdictions.includes(jurisdiction) && !grounds.some((ground) => ground.code === code),
  );
  return { ...prohibited, grounds: [...grounds, ...further] };
}

/** Throws a `MisuseError` where a plan uses what its own grounds bar, with the way out. */
export function checkProhibited(plan: Plan): void {
  checkNames(plan);
  const { claims, window, experience, retention, prohibited } = plan;
  const allowed = Object.keys(prohibited.allowed).map(plain);
  for (const ground of groundsInForce(plan)) {
    const counted = ground.statuses.filter((status) => !claims.notCounted.includes(status));
    if (counted.length > 0) {
      refuse(
        'claims.notCounted',
        `claims of the status ${counted.join(', ')} must not be counted`,
        ground,
        `add ${counted.map((status) => `"${status}"`).join(', ')} to claims.notCounted`,
      );
    }
    const months = ground.lookBackMonths;
    if (
      months !== undefined &&
      Math.min(window.months, claims.lookBackMonths ?? window.months) > months
    ) {
      refuse(
        'window.months',
        `claims of more than ${months} months ago must not be counted, and the window has ${window.months}`,
        ground,
        `give a window of at most ${months} months, or claims.lookBackMonths ${months}`,
      );
    }
    for (const [place, attribute] of [
      ['experience.complement', experience.complement],
      ['retention.by', retention?.by],
    ] as const) {
      if (attribute === undefined || allowed.includes(plain(attribute))) continue;
      if (!ground.attributes.map(plain).includes(plain(attribute))) continue;
      refuse(
        place,
        `customers must not be told apart by "${attribute}"`,
        ground,
        `take another attribute, or say in prohibited.allowed why it may be used: {"${attribute}": "the reason"}`,
      );
    }
  }
}

function refuse(place: string, what: string, ground: Ground, remedy: string): never {
  const { code, jurisdiction, citation, date: of } = ground;
  throw new MisuseError(
    `plan, ${place}: ${what} (${code}, ${jurisdiction}: ${citation}, ${of}); ${remedy}`,
  );
}

/** Jurisdictions without a ground, and what is allowed without being barred, are slips of the pen. */
function checkNames({ prohibited, hints }: Plan): void {
  const { jurisdictions, grounds, allowed } = prohibited;
  const all = [...grounds, ...startingGrounds()];
  const places = [...new Set(all.map(({ jurisdiction }) => jurisdiction))];
  const unknown = jurisdictions.find((place) => !places.includes(place));
  if (unknown !== undefined) {
    throw new MisuseError(
      `plan, prohibited.jurisdictions: no ground of "${unknown}" is known${didYouMean(unknown, places)}; there are ${places.join(', ')}; give others under prohibited.grounds`,
    );
  }
  const codes = grounds.map(({ code }) => code);
  const twice = codes.find((code, position) => codes.indexOf(code) !== position);
  if (twice !== undefined) {
    throw new MisuseError(`plan, prohibited.grounds: the code "${twice}" appears twice`);
  }
  const idle = grounds.findIndex((ground) => !barsSomething(ground));
  if (idle >= 0) {
    throw new MisuseError(
      `plan, prohibited.grounds.${idle}: expected a ground that bars something: actions with names, reprice with largestChange, statuses, lookBackMonths or attributes`,
    );
  }
  const barred = all.flatMap(({ code, attributes }) => [code, ...attributes]);
  const needless = Object.keys(allowed).find(
    (name) => !barred.some((other) => plain(other) === plain(name)),
  );
  if (needless !== undefined) {
    throw new MisuseError(
      `plan, prohibited.allowed: no ground bars "${needless}"${didYouMean(needless, barred)}`,
    );
  }
  if (grounds.length > 0 && hints.some(({ code }) => code === changeCode)) {
    throw new MisuseError(
      `plan, hints: "${changeCode}" is what a limited change of premium goes by; give the hint another code`,
    );
  }
}

function barsSomething(ground: Ground): boolean {
  const { actions, names, largestChange, statuses, lookBackMonths, attributes } = ground;
  return (
    (actions.length > 0 && names.length > 0) ||
    (actions.includes('reprice') && largestChange !== undefined) ||
    statuses.length > 0 ||
    lookBackMonths !== undefined ||
    attributes.length > 0
  );
}
