import * as z from 'zod/mini';

/** A part of a whole, 0 to 1. */
export const share = z.number().check(z.gte(0), z.lte(1));
export const atLeastZero = z.number().check(z.gte(0));
export const withDefault = z._default;
/** A part of the plan that may be left out whole: its members' defaults hold. */
export const part = <S extends z.ZodMiniObject>(schema: S) => z.prefault(schema, {} as z.input<S>);
