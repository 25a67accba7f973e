// @ts-check
import { never } from './read-by-hand.js';

/**
 * What somebody who needs only these indicators would write: a loop over claims and some over the
 * terms of each customer, all typed arrays. The result is that of `indicators(book)`: every
 * indicator, the figures by experience year, and the line, channel and branch of the main term.
 */
export function indicatorsByHand({ customers, terms, claims }, settings) {
  const known = knownTerms(terms, settings);
  const { rowOf, inTable } = customersWithCover(known, customers.length);
  const claimed = measureClaims(claims, rowOf, inTable.length, settings);
  const earned = measureTerms(known, inTable, settings);
  const { years } = settings;
  const columns = {
    ...earned.columns,
    ...claimed.columns,
    ...measureRelationship(known, inTable, claimed.lastClaim, settings),
    recent_exposure_years: everyOther(earned.exposureYears, years.length),
    recent_claim_count: everyOther(claimed.claimCount, years.length),
  };
  const main = mainTerms(known, inTable);
  const attributes = Object.fromEntries(
    Object.entries(terms.attributes).map(([name, { codes, labels }]) => [
      name,
      { labels, codes: Uint8Array.from(main, (t) => codes[t]) },
    ]),
  );
  return {
    ids: Array.from(inTable, (c) => customers[c]),
    columns: { ...columns, ...ratios(columns, inTable.length) },
    cells: {
      exposureYears: earned.exposureYears,
      earnedPremium: earned.earnedPremium,
      claimCount: claimed.claimCount,
      cappedLoss: claimed.cappedLoss,
    },
    attributes,
  };
}

/** The terms with the end that was known, and the days until which and from which they are earned. */
function knownTerms(terms, { asOf, years }) {
  const { from, to, cancelledOn } = terms;
  const windowFrom = years[years.length - 1].from;
  const end = new Int32Array(from.length);
  const until = new Int32Array(from.length);
  const earnedDays = new Int32Array(from.length);
  for (let t = 0; t < from.length; t++) {
    end[t] = cancelledOn[t] < asOf && cancelledOn[t] < to[t] ? cancelledOn[t] : to[t];
    until[t] = Math.min(end[t], asOf);
    earnedDays[t] = Math.max(0, until[t] - Math.max(from[t], windowFrom));
  }
  return { ...terms, end, until, earnedDays };
}

function customersWithCover({ starts, earnedDays }, customers) {
  const rowOf = new Int32Array(customers).fill(-1);
  const inTable = new Uint32Array(customers);
  let length = 0;
  for (let c = 0; c < customers; c++) {
    let days = 0;
    for (let t = starts[c]; t < starts[c + 1]; t++) days += earnedDays[t];
    if (days === 0) continue;
    rowOf[c] = length;
    inTable[length++] = c;
  }
  return { rowOf, inTable: inTable.subarray(0, length) };
}

function measureClaims(claims, rowOf, length, { asOf, years, notCounted }) {
  const { customer, occurredOn, reportedOn, incurred, status } = claims;
  const isCounted = Uint8Array.from(status.labels, (label) => (notCounted.includes(label) ? 0 : 1));
  const yearFrom = Int32Array.from(years, ({ from }) => from);
  const windowFrom = yearFrom[yearFrom.length - 1];
  const count = new Float64Array(length);
  const loss = new Float64Array(length);
  const largest = new Float64Array(length);
  const lastClaim = new Int32Array(length).fill(-never);
  const claimCount = new Float64Array(length * years.length);
  const cappedLoss = new Float64Array(length * years.length);
  for (let k = 0; k < customer.length; k++) {
    const row = rowOf[customer[k]];
    const occurred = occurredOn[k];
    if (row < 0 || occurred >= asOf || reportedOn[k] >= asOf) continue;
    const counts = isCounted[status.codes[k]];
    if (counts === 1 && occurred > lastClaim[row]) lastClaim[row] = occurred;
    if (occurred < windowFrom) continue;
    count[row] += counts;
    loss[row] += incurred[k];
    if (incurred[k] > largest[row]) largest[row] = incurred[k];
    let year = 0;
    while (occurred < yearFrom[year]) year++;
    claimCount[row * years.length + year] += counts;
    cappedLoss[row * years.length + year] += incurred[k];
  }
  const columns = {
    claim_count: count,
    incurred_loss: loss,
    capped_loss: loss.slice(),
    excess_loss: new Float64Array(length),
    largest_claim: largest,
  };
  return { columns, lastClaim, claimCount, cappedLoss };
}

function measureTerms(terms, inTable, { asOf, years, graceDays, calendar }) {
  const { starts, policy, from, to, end, until, earnedDays, premium } = terms;
  const lines = terms.attributes.line.codes;
  const { length } = inTable;
  const exposure = new Float64Array(length);
  const earned = new Float64Array(length);
  const annual = new Float64Array(length);
  const policies = new Float64Array(length);
  const lineCount = new Float64Array(length);
  const renewals = new Float64Array(length);
  const lapsed = new Float64Array(length);
  const exposureYears = new Float64Array(length * years.length);
  const earnedPremium = new Float64Array(length * years.length);
  for (let row = 0; row < length; row++) {
    const first = starts[inTable[row]];
    const past = starts[inTable[row] + 1];
    let seenLines = 0;
    for (let t = first; t < past; t++) {
      const begin = from[t];
      if (begin >= asOf) continue;
      const follows = t > first && policy[t] === policy[t - 1];
      if (follows && begin - end[t - 1] <= graceDays) renewals[row]++;
      const days = to[t] - begin;
      const yearDays = calendar.yearLater(begin, 1) - begin;
      if (earnedDays[t] > 0) {
        exposure[row] += earnedDays[t] / yearDays;
        earned[row] += (premium[t] * earnedDays[t]) / days;
        for (let year = 0; year < years.length; year++) {
          const inYear = Math.min(until[t], years[year].to) - Math.max(begin, years[year].from);
          if (inYear <= 0) continue;
          exposureYears[row * years.length + year] += inYear / yearDays;
          earnedPremium[row * years.length + year] += (premium[t] * inYear) / days;
        }
      }
      if (end[t] < asOf) continue;
      annual[row] += days === yearDays ? premium[t] : (premium[t] * 365.25) / days;
      policies[row]++;
      if ((seenLines & (1 << lines[t])) === 0) lineCount[row]++;
      seenLines |= 1 << lines[t];
    }
    if (policies[row] === 0) lapsed[row] = 1;
  }
  const columns = {
    exposure_years: exposure,
    earned_premium: earned,
    annual_premium: annual,
    policy_count: policies,
    line_count: lineCount,
    renewals,
    lapsed,
  };
  return { columns, exposureYears, earnedPremium };
}

/** The last unbroken relationship; a policy may reach over the gap of another. */
function measureRelationship(terms, inTable, lastClaim, { graceDays, calendar }) {
  const { starts, from, until } = terms;
  const tenure = new Float64Array(inTable.length);
  const claimFree = new Float64Array(inTable.length);
  for (let row = 0; row < inTable.length; row++) {
    const first = starts[inTable[row]];
    const past = starts[inTable[row] + 1];
    let ended = -never;
    for (let t = first; t < past; t++) {
      if (from[t] < until[t] && until[t] > ended) ended = until[t];
    }
    let began = ended;
    let before = never;
    while (before !== began) {
      before = began;
      for (let t = first; t < past; t++) {
        if (from[t] >= until[t] || until[t] + graceDays < began) continue;
        if (from[t] < began) began = from[t];
      }
    }
    tenure[row] = calendar.yearsBetween(began, ended);
    const claimFreeFrom = Math.min(ended, Math.max(began, lastClaim[row]));
    claimFree[row] = calendar.yearsBetween(claimFreeFrom, ended);
  }
  return { tenure_years: tenure, claim_free_years: claimFree };
}

/** The term with the largest premium a day among those that lasted longest, the latest of equals. */
function mainTerms({ starts, from, to, until, premium }, inTable) {
  const main = new Uint32Array(inTable.length);
  for (let row = 0; row < inTable.length; row++) {
    const past = starts[inTable[row] + 1];
    let best = starts[inTable[row]];
    let bestRate = premium[best] / (to[best] - from[best]);
    for (let t = best + 1; t < past; t++) {
      if (until[t] < until[best]) continue;
      const rate = premium[t] / (to[t] - from[t]);
      if (until[t] === until[best]) {
        if (rate < bestRate) continue;
        if (rate === bestRate && from[t] < from[best]) continue;
      }
      best = t;
      bestRate = rate;
    }
    main[row] = best;
  }
  return main;
}

function ratios({ incurred_loss, earned_premium, exposure_years, claim_count }, length) {
  const lossRatio = new Float64Array(length);
  const frequency = new Float64Array(length);
  const severity = new Float64Array(length);
  const purePremium = new Float64Array(length);
  for (let row = 0; row < length; row++) {
    const loss = incurred_loss[row];
    const exposure = exposure_years[row];
    const count = claim_count[row];
    lossRatio[row] = earned_premium[row] === 0 ? Number.NaN : loss / earned_premium[row];
    frequency[row] = exposure === 0 ? Number.NaN : count / exposure;
    severity[row] = count === 0 ? Number.NaN : loss / count;
    purePremium[row] = exposure === 0 ? Number.NaN : loss / exposure;
  }
  return {
    loss_ratio: lossRatio,
    claim_frequency: frequency,
    severity,
    pure_premium: purePremium,
  };
}

const everyOther = (cells, step) =>
  Float64Array.from({ length: cells.length / step }, (_, row) => cells[row * step]);
