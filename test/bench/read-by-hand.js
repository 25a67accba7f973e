// @ts-check

/** A day later than all others. */
export const never = 2 ** 31 - 1;
const millisecondsPerDay = 86_400_000;

/**
 * Reads the book's columns into typed arrays sorted by customer, policy and day: what somebody
 * writes who knows that the files have no fault. Nothing is checked, nothing is reported.
 */
export function readByHand(policies, claims) {
  const customers = ranks(policies.customer_id);
  const policyIds = ranks(policies.policy_id);
  const day = dayReader();
  const fromDays = Int32Array.from(policies.from, day);
  // A policy has few terms; a stable sort by customer after that of policies keeps their order.
  const byPolicy = grouped(policyIds.codes, policyIds.labels.length);
  for (let p = 0; p < policyIds.labels.length; p++) {
    const terms = byPolicy.order.subarray(byPolicy.starts[p], byPolicy.starts[p + 1]);
    if (terms.length > 1) terms.sort((a, b) => fromDays[a] - fromDays[b]);
  }
  const inPolicyOrder = byPolicy.order.map((row) => customers.codes[row]);
  const byCustomer = grouped(inPolicyOrder, customers.labels.length);
  const order = byCustomer.order.map((position) => byPolicy.order[position]);
  const text = (name) => coded(policies[name], order);

  const customerOfPolicy = new Int32Array(policyIds.labels.length);
  for (const row of order) customerOfPolicy[policyIds.codes[row]] = customers.codes[row];
  const policyOf = new Map(policyIds.labels.map((label, code) => [label, code]));
  return {
    customers: customers.labels,
    terms: {
      starts: byCustomer.starts,
      policy: Int32Array.from(order, (row) => policyIds.codes[row]),
      from: Int32Array.from(order, (row) => fromDays[row]),
      to: Int32Array.from(order, (row) => day(policies.to[row])),
      cancelledOn: Int32Array.from(order, (row) => {
        const text = policies.cancelled_on[row];
        return text === '' ? never : day(text);
      }),
      premium: Float64Array.from(order, (row) => policies.premium[row]),
      attributes: { line: text('line'), channel: text('channel'), branch: text('branch') },
    },
    claims: {
      customer: Int32Array.from(claims.policy_id, (id) => customerOfPolicy[policyOf.get(id) ?? 0]),
      occurredOn: Int32Array.from(claims.occurred_on, day),
      reportedOn: Int32Array.from(claims.reported_on, day),
      incurred: Float64Array.from(claims.paid, (paid, i) => paid + claims.reserve[i]),
      status: coded(claims.status),
    },
  };
}

/** Day numbers of ISO dates, each distinct date worked out once. */
function dayReader() {
  const known = new Map();
  return (text) => {
    let day = known.get(text);
    if (day === undefined) {
      day = Date.parse(text) / millisecondsPerDay;
      known.set(text, day);
    }
    return day;
  };
}

/** Codes and labels of a column of texts, in the order given. */
function coded(texts, order) {
  const known = new Map();
  const codes = new Uint8Array(texts.length);
  for (let i = 0; i < texts.length; i++) {
    const text = texts[order ? order[i] : i];
    let code = known.get(text);
    if (code === undefined) {
      code = known.size;
      known.set(text, code);
    }
    codes[i] = code;
  }
  return { codes, labels: [...known.keys()] };
}

/** The same with codes in the order of the sorted labels. */
function ranks(texts) {
  const known = new Map();
  const found = [];
  const codes = new Int32Array(texts.length);
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i];
    // Rows of one policy often stand together.
    if (i > 0 && text === texts[i - 1]) {
      codes[i] = codes[i - 1];
      continue;
    }
    let code = known.get(text);
    if (code === undefined) {
      code = found.push(text) - 1;
      known.set(text, code);
    }
    codes[i] = code;
  }
  const labels = found.slice().sort();
  const rankOf = new Int32Array(labels.length);
  for (let rank = 0; rank < labels.length; rank++) rankOf[known.get(labels[rank])] = rank;
  return { codes: codes.map((code) => rankOf[code]), labels };
}

/** Positions brought together by code (a counting sort). */
function grouped(codes, groups) {
  const starts = new Uint32Array(groups + 1);
  for (let i = 0; i < codes.length; i++) starts[codes[i] + 1]++;
  for (let g = 0; g < groups; g++) starts[g + 1] += starts[g];
  const next = starts.slice();
  const order = new Uint32Array(codes.length);
  for (let i = 0; i < codes.length; i++) order[next[codes[i]]++] = i;
  return { order, starts };
}
