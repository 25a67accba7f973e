import type * as z from 'zod/mini';
import type { memorySchema } from './memory.js';
import { type riskSchema, riskTiersOf } from './risk.js';
import type { serviceSchema } from './service.js';

type RawIssue = z.core.$ZodRawIssue;
interface TierParts {
  readonly risk: z.output<typeof riskSchema>;
  readonly memory?: z.output<typeof memorySchema> | undefined;
  readonly service: z.output<typeof serviceSchema>;
}

/** Risk tiers that a plan lists twice, names without listing them, or gives no service. */
export function tierFaults({ risk, memory, service }: TierParts): RawIssue[] {
  const all = riskTiersOf({ risk });
  const { matrix } = service;
  const place = (...path: PropertyKey[]) => path;
  const oneOf = (values: string[], input: string, path: PropertyKey[]): RawIssue[] =>
    values.includes(input) ? [] : [{ code: 'invalid_value', values, input, path }];
  const twice = all.find((tier, k) => all.indexOf(tier) < k);
  return [
    ...(twice === undefined
      ? []
      : [custom(`expected each tier once, "${twice}" appears twice`, place('risk', 'tiers'))]),
    ...risk.rules.flatMap(({ tier }, k) => oneOf(all, tier, place('risk', 'rules', k, 'tier'))),
    ...oneOf(all, risk.otherwise, place('risk', 'otherwise')),
    // Nothing is better than the best tier, so nobody is kept from leaving it upwards.
    ...(memory?.stay ?? []).flatMap(({ tier }, k) =>
      oneOf(all.slice(1, -1), tier, place('memory', 'stay', k, 'tier')),
    ),
    ...all
      .filter((tier) => !Object.hasOwn(matrix, tier))
      .map((tier) =>
        custom(`expected a row for the risk tier "${tier}"`, place('service', 'matrix')),
      ),
    ...Object.keys(matrix)
      .filter((tier) => !all.includes(tier))
      .map((tier) =>
        custom(
          `expected rows for the risk tiers of the plan only: ${all.join(', ')}`,
          place('service', 'matrix', tier),
        ),
      ),
  ];
}

const custom = (message: string, path: PropertyKey[]): RawIssue => ({
  code: 'custom',
  message,
  input: undefined,
  path,
});
