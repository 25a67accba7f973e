import { monthsAfter } from '../../src/base/calendar.js';
import { uniformFrom } from '../../src/base/random.js';
import { growing } from '../../src/book/growing.js';
import { type Book, dayFromISO } from '../../src/index.js';
import { claimStatuses } from '../../src/plan/claims.js';
import { chance } from '../../src/simulate/random.js';

/** What goes on after a day, unknown to anybody who looks at the book before it. */
interface Turn {
  readonly from: string;
  /** Each claim happens once more with this chance, on the same day and for as much. */
  readonly again?: number;
  /** The latent risk goes to another customer, drawn at random. */
  readonly reshuffled?: boolean;
}

/**
 * A book made from columns straight away, for as many customers as memory holds: one policy each with
 * yearly terms of 600 or so from some day of 2020, renewed nine times out of ten, at a latent risk of
 * variance 0.6; 0.15 claims per year of 2,400 in the mean, known the day they occur.
 */
export function columnBook(customers: number, seed: number, turn?: Turn): Book {
  const years = 5;
  const first = dayFromISO('2020-01-01');
  const random = chance(seed);
  // Streams of their own, so that the book before the turn is the same with and without one.
  const [uniform, again] = [uniformFrom(-seed), uniformFrom(-seed - 1000)];
  const turns = turn ? dayFromISO(turn.from) : Number.POSITIVE_INFINITY;
  const latent = Float64Array.from({ length: customers }, () => random.gamma(0.6));
  const later = turn?.reshuffled
    ? latent.map(() => latent[Math.floor(uniform() * customers)])
    : latent;

  const term = {
    customer: growing(Int32Array),
    from: growing(Int32Array),
    to: growing(Int32Array),
  };
  const premium = growing(Float64Array);
  const claim = {
    term: growing(Int32Array),
    day: growing(Int32Array),
    paid: growing(Float64Array),
  };
  const begins = Array.from({ length: 366 }, (_, day) =>
    Array.from({ length: years + 1 }, (_, y) => monthsAfter(first + day, 12 * y)),
  );
  const end = monthsAfter(first, 12 * years);
  let terms = 0;
  for (let c = 0; c < customers; c++) {
    const dates = begins[random.whole(0, 366)];
    const price = 600 * random.between(0.6, 1.4);
    for (let y = 0; y < years && dates[y] < end; y++) {
      if (y > 0 && random.happens(0.1)) break;
      term.customer.push(c);
      term.from.push(dates[y]);
      term.to.push(dates[y + 1]);
      premium.push(price);
      for (let n = random.poisson(4 * 0.15 * (price / 600)); n > 0; n--) {
        const day = random.whole(dates[y], dates[y + 1]);
        const [size, luck] = [random.exponential(2400), random.between(0, 4)];
        // Thinned from four times as many, so that a turn changes nothing of what came before it.
        if (luck > Math.min(4, day < turns ? latent[c] : later[c])) continue;
        for (let k = 0; k < (day >= turns && again() < (turn?.again ?? 0) ? 2 : 1); k++) {
          claim.term.push(terms);
          claim.day.push(day);
          claim.paid.push(size);
        }
      }
      terms++;
    }
  }
  const customer = term.customer.finish();
  const occurredOn = claim.day.finish();
  const ids = Array.from({ length: customers }, (_, c) => String(c).padStart(8, '0'));
  const all = (length: number, value: number) => new Int32Array(length).fill(value);
  return {
    customers: ids,
    policies: ids,
    terms: {
      length: terms,
      customer,
      policy: customer,
      from: term.from.finish(),
      to: term.to.finish(),
      cancelledOn: all(terms, 2 ** 31 - 1),
      premium: premium.finish(),
      exposure: new Float64Array(terms).fill(Number.NaN),
      newBusinessPremium: new Float64Array(terms).fill(Number.NaN),
      since: all(terms, -(2 ** 31)),
      attributes: ['line', 'channel', 'branch'].map((name) => ({
        name,
        codes: all(terms, -1),
        labels: [],
      })),
    },
    claims: {
      length: occurredOn.length,
      term: claim.term.finish(),
      occurredOn,
      reportedOn: occurredOn,
      closedOn: all(occurredOn.length, -(2 ** 31)),
      status: new Uint8Array(occurredOn.length).fill(claimStatuses.indexOf('closed')),
      count: new Float64Array(occurredOn.length).fill(1),
      incurred: claim.paid.finish(),
    },
    aggregated: false,
    valuedAt: undefined,
    verdict: { usable: true, tables: [], reasons: [] },
  };
}
