import { groupRows, take } from '../base/columns.js';
import { claimStatuses } from '../plan/claims.js';
import { type Claims, orderBy, rejecter, rowOrder, type Terms } from './book.js';
import type { Issue } from './issues.js';
import { noDay, type ReadTable } from './rows.js';

/**
 * The claims that belong to a term, sorted by term. Rows of one claim id, customer and day under
 * several policies or covers are parts of one claim; any other second row is left out.
 */
export function matchedClaims(
  read: ReadTable,
  policies: readonly string[],
  terms: Terms,
  issues: Issue[],
): Claims {
  const reject = rejecter('claims', read, ['paid', 'reserve'], issues);
  const occurredOn = read.days.occurred_on;
  const { paid, reserve } = read.numbers;
  const statuses = statusCodes(read, reject);
  const reportedOn = read.days.reported_on;
  const incurred = paid.map((amount, i) => amount + (reserve[i] || 0));
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
  const knownOn = (i: number) => Math.max(reportedOn[i], occurredOn[i]);
  const byAll = rowOrder(read);
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
  for (const i of sameIdOrder) {
    const policy = claimPolicy[i];
    if (policy < 0 || starts[policy] === starts[policy + 1]) {
      reject(i, 'policy_id', 'unknown-policy', 'policy_id: no usable policy row has it');
      continue;
    }
    const term = termOf(policy, occurredOn[i]);
    if (term < 0) {
      reject(
        i,
        'occurred_on',
        'claim-outside-term',
        'occurred_on: the policy gave no cover that day',
      );
      continue;
    }
    if (sameClaim.length > 0 && claimIds.codes[sameClaim[0]] !== claimIds.codes[i]) sameClaim = [];
    if (!isPart(i, term, sameClaim)) {
      reject(i, 'claim_id', 'duplicate-claim', 'claim_id: another usable row has the same');
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
      );
    }
    termOfClaim[i] = term;
    // Parts that are one in all that is looked at are one claim to the cap, too.
    if (whole === undefined) kept.push(i);
    else incurred[whole] += incurred[i];
  }
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
    closedOn: read.days.closed_on ? take(read.days.closed_on, order) : noDays(order.length),
    status: take(statuses, order),
    count: take(count, order),
    incurred: take(incurred, order),
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
    reject(i, 'status', 'unknown-status', `status: ${expected}, got "${labels[code]}"`);
    return 0;
  });
}

/** For each label its position among the sorted policies, or −1. */
function policyCodes(labels: readonly string[], policies: readonly string[]): Int32Array {
  const known = new Map<string, number>();
  for (let p = 0; p < policies.length; p++) known.set(policies[p], p);
  return Int32Array.from(labels, (label) => known.get(label) ?? -1);
}

const noDays = (length: number) => new Int32Array(length).fill(noDay);
