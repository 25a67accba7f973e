import fc from 'fast-check';
import {
  type CustomerOverride,
  isoFromDay,
  type PlanInput,
  riskTiers,
  type Standing,
} from '../../src/index.js';
import { asOf } from './random-book.js';

const line = fc.oneof(
  fc
    .double({ min: 0.2, max: 1.5, noNaN: true })
    .map((at) => ['>', 'rated_loss_ratio', at] as const),
  fc.constantFrom(1, 3).map((years) => ['<', 'claim_free_years', years] as const),
);

/** Any memory that a plan may have, with lines that a worse customer never passes sooner. */
export const anyMemory: fc.Arbitrary<NonNullable<PlanInput['memory']>> = fc.record({
  stay: fc.array(
    fc.record({
      tier: fc.constantFrom('healthy' as const, 'sub-healthy' as const, 'high-risk' as const),
      when: line,
    }),
    { maxLength: 3 },
  ),
  downgrade: fc.constantFrom('at-renewal' as const, 'at-once' as const),
  grace: fc.option(
    fc.record({ tenureYears: fc.constantFrom(0, 1, 5), months: fc.constantFrom(1, 12, 36) }),
  ),
});

const today = Date.parse(asOf) / 86_400_000;
const dayBefore = (days: number) => isoFromDay(today - days);
const tier = fc.constantFrom(...riskTiers);
const override = fc.record({
  tier,
  reason: fc.constantFrom('flood', '=1+1; or so, "he" said', '赔付争议'),
  author: fc.constantFrom('M. Tamm', 'õ|ü'),
  until: fc.integer({ min: -3, max: 3 }).map(dayBefore),
});

/** Any standing that an earlier day may have left of a customer. */
export const anyStanding = (customerId: string): fc.Arbitrary<Standing> =>
  fc.tuple(fc.nat(400), fc.nat(400), fc.nat(400)).chain(([ago, since, worse]) =>
    fc.record({
      customerId: fc.constant(customerId),
      asOf: fc.constant(dayBefore(ago)),
      tier,
      since: fc.constant(dayBefore(ago + since)),
      worseSince: fc.option(fc.constant(dayBefore(ago + worse))),
      renewals: fc.option(fc.nat(6)),
      override: fc.option(override),
    }),
  );

/** Standings of some customers of random books, and overrides of some. */
export const anyPast: fc.Arbitrary<{ standings: Standing[]; overrides: CustomerOverride[] }> = fc
  .subarray(['anchor', 'c0', 'c1', 'c2', 'c3', 'c4', 'nobody'])
  .chain((ids) =>
    fc.record({
      standings: fc.tuple(...ids.map(anyStanding)),
      overrides: fc
        .subarray(['anchor', 'c0', 'c1', 'c5', 'nobody'])
        .chain((set) =>
          fc.tuple(...set.map((customerId) => override.map((given) => ({ customerId, ...given })))),
        ),
    }),
  );
