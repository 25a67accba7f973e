// @ts-check

/**
 * Part 1 as SQL over a table `policies` and a table or view `claims` whose rows know their
 * customer. Years are counted by the calendar as `src/calendar.ts` does; the relationship is the
 * last run of terms without a gap longer than the grace (gaps and islands).
 */
export function indicatorsSQL({ asOf, windowFrom, recentFrom, graceDays, notCounted }) {
  const [end, start, recent] = [asOf, windowFrom, recentFrom].map((day) => `DATE '${day}'`);
  const counted = `status NOT IN (${notCounted.map((status) => `'${status}'`).join(', ')})`;
  return `
WITH terms AS (
  SELECT customer, policy, from_day, premium, line,
    to_day - from_day AS days,
    (from_day + INTERVAL 1 YEAR)::DATE - from_day AS year_days,
    CASE WHEN cancelled_on < ${end} THEN least(to_day, cancelled_on) ELSE to_day END AS known_end
  FROM policies
  WHERE from_day < ${end}
), followed AS (
  SELECT *,
    least(known_end, ${end}) AS ended,
    greatest(0, least(known_end, ${end}) - greatest(from_day, ${start})) AS earned_days,
    greatest(0, least(known_end, ${end}) - greatest(from_day, ${recent})) AS recent_days,
    from_day - lag(known_end) OVER (PARTITION BY policy ORDER BY from_day) <= ${graceDays} AS renewed,
    known_end >= ${end} AS in_force,
    from_day - max(CASE WHEN from_day < known_end THEN least(known_end, ${end}) END) OVER (
      PARTITION BY customer ORDER BY from_day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS gap
  FROM terms
), by_customer AS (
  SELECT customer,
    sum(earned_days / year_days) AS exposure_years,
    sum(premium * earned_days / days) AS earned_premium,
    sum(recent_days / year_days) AS recent_exposure_years,
    sum(CASE WHEN NOT in_force THEN 0 WHEN days = year_days THEN premium ELSE premium * 365.25 / days END) AS annual_premium,
    count(*) FILTER (in_force) AS policy_count,
    bit_count(bit_or(1 << enum_code(line)) FILTER (in_force)) AS line_count,
    count(*) FILTER (renewed) AS renewals,
    max(ended) FILTER (from_day < known_end) AS ended,
    max(from_day) FILTER (from_day < known_end AND (gap IS NULL OR gap > ${graceDays})) AS began
  FROM followed
  GROUP BY customer
  HAVING sum(earned_days) > 0
), by_claimant AS (
  SELECT customer,
    count(*) FILTER (occurred_on >= ${start} AND ${counted}) AS claim_count,
    count(*) FILTER (occurred_on >= ${recent} AND ${counted}) AS recent_claim_count,
    sum(incurred) FILTER (occurred_on >= ${start}) AS incurred_loss,
    max(incurred) FILTER (occurred_on >= ${start}) AS largest_claim,
    max(occurred_on) FILTER (${counted}) AS last_claim
  FROM claims
  WHERE occurred_on < ${end} AND reported_on < ${end}
  GROUP BY customer
), joined AS (
  SELECT c.*,
    coalesce(claim_count, 0) AS claim_count,
    coalesce(recent_claim_count, 0) AS recent_claim_count,
    coalesce(incurred_loss, 0) AS incurred_loss,
    greatest(0, largest_claim) AS largest_claim,
    least(ended, greatest(began, last_claim)) AS claim_free_from
  FROM by_customer c LEFT JOIN by_claimant USING (customer)
), whole_years AS (
  SELECT *,
    datesub('year', began, ended) AS tenure,
    datesub('year', claim_free_from, ended) AS claim_free
  FROM joined
)
SELECT customer,
  exposure_years, earned_premium, claim_count, incurred_loss,
  incurred_loss AS capped_loss, 0 AS excess_loss, largest_claim,
  incurred_loss / nullif(earned_premium, 0) AS loss_ratio,
  claim_count / nullif(exposure_years, 0) AS claim_frequency,
  incurred_loss / nullif(claim_count, 0) AS severity,
  incurred_loss / nullif(exposure_years, 0) AS pure_premium,
  recent_exposure_years, recent_claim_count, annual_premium,
  ${yearsSince('began', 'tenure')} AS tenure_years,
  ${yearsSince('claim_free_from', 'claim_free')} AS claim_free_years,
  policy_count, coalesce(line_count, 0) AS line_count, renewals,
  CASE WHEN policy_count = 0 THEN 1 ELSE 0 END AS lapsed
FROM whole_years`;
}

/** Whole years up to the last anniversary, and the days since ÷ the days of that year. */
function yearsSince(from, whole) {
  const anniversary = (years) => `(${from} + to_years((${years})::INTEGER))::DATE`;
  const last = anniversary(whole);
  return `${whole} + (ended - ${last}) / (${anniversary(`${whole} + 1`)} - ${last})`;
}
