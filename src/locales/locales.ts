import { en } from './en.js';
import { et } from './et.js';
import type { Locale } from './locale.js';
import { zh } from './zh.js';

/** The languages by name: what grades are worded and explained in. */
export const locales = { en, zh, et } as const satisfies Readonly<Record<string, Locale>>;
