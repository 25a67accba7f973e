import { type Day, never, yearCounter } from '../base/calendar.js';
import type { Reject } from './book.js';
import { endOfRow, type PolicyRows } from './policy-rows.js';

/** A row, or the part of one that lies beyond the term it joined. */
interface Part {
  readonly row: number;
  readonly from: Day;
  readonly to: Day;
  readonly premium: number;
}

/**
 * Rows of one policy brought together into terms: of items, whose premium and exposure add (a vehicle
 * added later is there for its days), or of movements, whose premium adds and may be below 0, and whose
 * cover is the union of their days. The row that begins a term stands for it. An item that outlasts the
 * term goes on in the next one, its premium by days.
 */
export function mergedRows(
  order: Uint32Array,
  rows: PolicyRows,
  customers: Int32Array,
  policies: Int32Array,
  what: 'items' | 'transactions',
  reject: Reject,
): number[] {
  const kept: number[] = [];
  const { yearsBetween } = yearCounter();
  for (let start = 0, next = 0; start < order.length; start = next) {
    const first = order[start];
    while (next < order.length && policies[order[next]] === policies[first]) next++;
    const parts: Part[] = Array.from(order.subarray(start, next), (row) => ({
      row,
      from: rows.from[row],
      to: what === 'items' ? endOfRow(rows, row) : rows.to[row],
      premium: what === 'items' ? earnedBy(rows, row) : rows.premium[row],
    }));
    for (const own of groups(parts, customers)) {
      for (const term of termsOf(own, what)) {
        const { row } = term.parts[0];
        if (term.premium < 0) {
          for (const part of term.parts) {
            reject(
              part.row,
              'premium',
              'negative-value',
              'premium: the movements of the term add up to less than 0',
            );
          }
          continue;
        }
        rows.premium[row] = term.premium;
        rows.from[row] = term.from;
        rows.to[row] = term.to;
        if (what === 'items') {
          rows.cancelledOn[row] = never;
          const years = term.to === never ? Number.NaN : yearsBetween(term.from, term.to);
          const stated = term.parts.every((part) => !Number.isNaN(rows.exposure[part.row]));
          rows.exposure[row] = stated
            ? term.parts.reduce((sum, part) => sum + rows.exposure[part.row], 0)
            : (term.days / (term.to - term.from)) * years;
        } else {
          rows.cancelledOn[row] = Math.min(...term.parts.map((part) => rows.cancelledOn[part.row]));
        }
        kept.push(row);
      }
    }
  }
  return kept;
}

const earnedBy = (rows: PolicyRows, i: number): number =>
  rows.to[i] === never
    ? rows.premium[i]
    : (rows.premium[i] * (endOfRow(rows, i) - rows.from[i])) / (rows.to[i] - rows.from[i]);

function groups(parts: readonly Part[], customers: Int32Array): Part[][] {
  const found = new Map<number, Part[]>();
  for (const part of parts) {
    const own = found.get(customers[part.row]) ?? [];
    own.push(part);
    found.set(customers[part.row], own);
  }
  return [...found.values()];
}

function termsOf(parts: Part[], what: 'items' | 'transactions') {
  const terms: { from: Day; to: Day; premium: number; days: number; parts: Part[] }[] = [];
  const waiting = [...parts].sort((a, b) => a.from - b.from || b.to - a.to);
  const used = new Set<number>();
  for (let part = waiting.shift(); part; part = waiting.shift()) {
    const term = terms.at(-1);
    const days = part.to - part.from;
    if (!term || part.from >= term.to) {
      if (days <= 0) continue;
      // The rest of a row that stands for an earlier term has no row of its own: it joins that term.
      if (used.has(part.row) && term) {
        term.to = part.to;
        term.premium += part.premium;
        term.days += days;
        continue;
      }
      used.add(part.row);
      terms.push({ from: part.from, to: part.to, premium: part.premium, days, parts: [part] });
      continue;
    }
    term.parts.push(part);
    const beyond = part.to - term.to;
    if (beyond > 0 && what === 'items') {
      const rest = (part.premium * beyond) / days;
      const later = { ...part, from: term.to, premium: rest };
      const at = waiting.findIndex(({ from }) => from >= later.from);
      waiting.splice(at < 0 ? waiting.length : at, 0, later);
      term.premium += part.premium - rest;
      term.days += days - beyond;
    } else {
      term.to = Math.max(term.to, part.to);
      term.premium += part.premium;
      term.days += days;
    }
  }
  return terms;
}
