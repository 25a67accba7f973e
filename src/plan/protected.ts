import { groundsInForce, type Prohibited, plain } from './ground.js';
import { startingGrounds } from './starting-grounds.js';

/** Why an attribute must not tell customers apart, or why it may after all. */
export interface Barred {
  readonly standing: 'barred' | 'allowed';
  readonly because: string;
}

/**
 * What bars an attribute under a plan: a ground in force or, whatever the jurisdiction, a starting
 * ground; `allowed` where the plan says why it may be used, for the attribute or for every ground that
 * bars it. Undefined for one that nothing bars.
 */
export function barredAttribute(
  attribute: string,
  plan: { readonly prohibited: Prohibited },
): Barred | undefined {
  const bars = ({ attributes }: { attributes: readonly string[] }) =>
    attributes.some((name) => plain(name) === plain(attribute));
  const allowed = plan.prohibited.allowed;
  const inForce = groundsInForce(plan).filter(bars);
  const starting = startingGrounds().filter(bars);
  const own = plan.prohibited.grounds.filter(bars);
  const reasons = [
    ...Object.entries(allowed).flatMap(([name, reason]) =>
      plain(name) === plain(attribute) ? [reason] : [],
    ),
    ...[...own, ...starting].flatMap(({ code }) =>
      inForce.length === 0 && Object.hasOwn(allowed, code) ? [allowed[code]] : [],
    ),
  ];
  if (inForce.length === 0 && starting.length === 0) return undefined;
  if (reasons.length > 0) return { standing: 'allowed', because: reasons[0] };
  const remedy = 'prohibited.allowed can give a reason to use it';
  if (inForce.length > 0) {
    const [{ code, jurisdiction, citation }] = inForce;
    return {
      standing: 'barred',
      because: `barred by ${code} (${jurisdiction}: ${citation}); ${remedy}`,
    };
  }
  const codes = starting.map(({ code }) => code).join(', ');
  return {
    standing: 'barred',
    because: `protected whatever the place (${codes}); ${remedy}`,
  };
}
