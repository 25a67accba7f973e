/** A policy term of Ann's for 2023 at 400, with whatever a test wants different. */
export const policy = (row: object = {}) => ({
  customer_id: 'Ann',
  policy_id: 'A1',
  from: '2023-01-01',
  to: '2024-01-01',
  premium: 400,
  ...row,
});

/** A claim of 150 on that policy. */
export const claim = (row: object = {}) => ({
  claim_id: 'K1',
  policy_id: 'A1',
  occurred_on: '2023-05-02',
  paid: 150,
  ...row,
});
