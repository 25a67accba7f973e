import { groupRows, take } from '../base/columns.js';
import { shown } from '../base/errors.js';
import { claimStatuses } from '../plan/claims.js';
import { type Claims, orderBy, rejecter, rowOrder, type Terms } from './book.js';
import { claimRowsOf, type Movement } from './claim-rows.js';
import type { ReadColumns } from './columns-file.js';
import { noDay, type ReadTable } from './field.js';
import type { IssueLog } from './issues.js';
import { joinHint } from './join.js';

/**
 * The claims that belong to a term, sorted by term. Rows of one claim id, customer and day under
 * several policies or covers are parts of one claim; any other second row is left out.
 */
export function matchedClaims(
  read: ReadTable,
  policies: readonly string[],
  terms: Terms,
  { claimRows }: Pick<ReadColumns, 'claimRows'>,
  log: IssueLog,
): Claims {
  const reject = rejecter('claims', read, ['paid', 'reserve'], log);
  const occurredOn = read.days.occurred_on;
  const byAll = rowOrder(read);
  const { lead, last, incurred, movements } = claimRowsOf(read, claimRows, byAll);
  const ownStatuses = statusCodes(read, reject);
  const statuses = ownStatuses.map((_, i) => ownStatuses[last[i]]);
  const closedOn = read.days.closed_on.map((_, i) => read.days.closed_on[last[i]]);
  const reportedOn = read.days.reported_on;
  const claimIds = read.texts.claim_id;
  const policyOf = policyCodes(read.texts.policy_id.labels, policies);
  const claimPolicy = read.texts.policy_id.codes.map((code) => policyOf[code]);
  const { order: termsByPolicy, starts } = groupRows(terms.policy, policies.length);

  const termOf = (policy: number, day: number): number => {
    for (let k = starts[policy]; k < starts[policy + 1]; k++) {
      const term = termsByPolicy[k];
      const end = Math.min(terms.to[term], terms.cancelledOn[term]);
      if (terms.from[term] <= day && day < end) return term;
    }
    return -1;
  };

  const kept: number[] = [];
  const ofClaim = new Map<number, readonly Movement[]>();
  const termOfClaim = new Int32Array(read.length);
  const count = new Float64Array(read.length).fill(1);
  const { codes: covers } = read.texts.cover;
  /** Whether a row is of the same claim as rows kept before it, under another policy or cover. */
  const isPart = (i: number, term: number, rows: readonly number[]) =>
    rows.every(
      (other) =>
        terms.customer[termOfClaim[other]] === terms.customer[term] &&
        occurredOn[other] === occurredOn[i] &&
        (claimPolicy[other] !== claimPolicy[i] ||
          (covers[other] >= 0 && covers[i] >= 0 && covers[other] !== covers[i])),
    );
  const knownOn = (i: number) => {
    const booked = movements && reportedOn[i] === noDay ? read.days.booked_on[i] : noDay;
    return Math.max(reportedOn[i], booked, occurredOn[i]);
  };
  const sameIdOrder = orderBy(
    claimIds.codes,
    claimIds.labels.length,
    // What was known first comes first, or a later row would hide it; then the larger: of two that
    // cannot both be, the one that is left out must not be bad news.
    (a, b) =>
      occurredOn[a] - occurredOn[b] ||
      knownOn(a) - knownOn(b) ||
      incurred[b] - incurred[a] ||
      byAll(a, b),
  );
  let sameClaim: number[] = [];
  const lost = new Set<string>();
  const rowsOf = movements && rowsByLead(lead);
  for (const i of sameIdOrder) {
    if (lead[i] !== i) continue;
    const policy = claimPolicy[i];
    const rejectAll: typeof reject = (row, ...why) => {
      for (const other of rowsOf?.get(row) ?? [row]) reject(other, ...why);
    };
    if (policy < 0 || starts[policy] === starts[policy + 1]) {
      const id = read.texts.policy_id.labels[read.texts.policy_id.codes[i]];
      if (lost.size < 1000) lost.add(id);
      rejectAll(
        i,
        'policy_id',
        'unknown-policy',
        `policy_id: no usable policy row has ${shown(id)}`,
      );
      continue;
    }
    const term = termOf(policy, occurredOn[i]);
    if (term < 0) {
      rejectAll(
        i,
        'occurred_on',
        'claim-outside-term',
        'occurred_on: the policy gave no cover that day',
      );
      continue;
    }
    if (sameClaim.length > 0 && claimIds.codes[sameClaim[0]] !== claimIds.codes[i]) sameClaim = [];
    if (!isPart(i, term, sameClaim)) {
      rejectAll(
        i,
        'claim_id',
        'duplicate-claim',
        `claim_id: another usable row has the same${claimRows === 'claims' ? '; where rows are payments of one claim the columns file says "claimRows": "transactions", where they are its valuations "snapshots"' : ''}`,
      );
      continue;
    }
    const whole = sameClaim.find(
      (other) =>
        termOfClaim[other] === term &&
        knownOn(other) === knownOn(i) &&
        statuses[other] === statuses[i],
    );
    if (sameClaim.length > 0) count[i] = 0;
    sameClaim.push(i);
    if (reportedOn[i] !== noDay && reportedOn[i] < occurredOn[i]) {
      reject(
        i,
        'reported_on',
        'reported-before-occurred',
        'reported_on: expected no day before occurred_on',
        false,
      );
    }
    termOfClaim[i] = term;
    // Parts that are one in all that is looked at are one claim to the cap, too.
    if (whole === undefined) kept.push(i);
    else incurred[whole] += incurred[i];
    if (movements)
      ofClaim.set(whole ?? i, [...(ofClaim.get(whole ?? i) ?? []), ...(movements.get(i) ?? [])]);
  }
  if (lost.size > 0) log.hint('claims', joinHint([...lost], policies));
  const claims = Uint32Array.from(kept);
  const order = orderBy(take(termOfClaim, claims), terms.length, (a, b) => {
    const [i, j] = [claims[a], claims[b]];
    return occurredOn[i] - occurredOn[j] || incurred[i] - incurred[j] || byAll(i, j);
  }).map((position) => claims[position]);
  return {
    length: order.length,
    term: take(termOfClaim, order),
    occurredOn: take(occurredOn, order),
    reportedOn: Int32Array.from(order, knownOn),
    closedOn: take(closedOn, order),
    status: take(statuses, order),
    count: take(count, order),
    incurred: take(incurred, order),
    ...(movements && { movements: Array.from(order, (i) => ofClaim.get(i) ?? []) }),
  };
}

function statusCodes(read: ReadTable, reject: ReturnType<typeof rejecter>): Uint8Array {
  const { codes, labels } = read.texts.status;
  const statuses: readonly string[] = claimStatuses;
  const known = labels.map((label) => statuses.indexOf(label.toLowerCase()));
  return Uint8Array.from(codes, (code, i) => {
    if (code < 0) return 0;
    if (known[code] >= 0) return known[code];
    const expected = `expected ${claimStatuses.join(', ')}`;
    reject(i, 'status', 'unknown-status', `status: ${expected}, got ${shown(labels[code])}`, false);
    return 0;
  });
}

/** For each label its position among the sorted policies, or −1. */
function policyCodes(labels: readonly string[], policies: readonly string[]): Int32Array {
  const known = new Map<string, number>();
  for (let p = 0; p < policies.length; p++) known.set(policies[p], p);
  return Int32Array.from(labels, (label) => known.get(label) ?? -1);
}

function rowsByLead(lead: Int32Array): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  lead.forEach((first, row) => {
    rows.set(first, [...(rows.get(first) ?? []), row]);
  });
  return rows;
}
