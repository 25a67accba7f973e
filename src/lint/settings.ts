import type { Plan } from '../plan/plan.js';
import { riskTiersOf, worstTier } from '../plan/risk.js';
import type { Finding } from './finding.js';

/** Tiers that nothing gives, and settings that nothing makes use of. */
export function settingFaults({ risk, value }: Plan): Finding[] {
  const given = new Set([risk.otherwise, ...risk.rules.map(({ tier }) => tier)]);
  const worst = risk.tiers[worstTier({ risk })].name;
  const findings = riskTiersOf({ risk })
    .filter((tier) => !given.has(tier))
    .map((tier): Finding => {
      const text = `no rule gives the tier "${tier}"`;
      return { code: 'tier-never-given', place: 'risk.rules', text, examples: [] };
    });
  if ('share' in value.cut && value.cut.share === 0) {
    const text = 'nobody is of high value, as a share of 0 may be';
    findings.push({ code: 'tier-never-given', place: 'value.cut', text, examples: [] });
  }
  if (risk.highRiskCertainty !== undefined && !given.has(worst)) {
    const text = `certainty is asked of ${worst}, which no rule gives`;
    const place = 'risk.highRiskCertainty';
    findings.push({ code: 'setting-without-effect', place, text, examples: [] });
  }
  return findings;
}

/** Hints that cannot be told apart, and texts that would say nothing or show a mark as it stands. */
export function hintFaults({ hints }: Plan): Finding[] {
  return hints.flatMap(({ code, text }, k): Finding[] => {
    const first = hints.findIndex((other) => other.code === code);
    const marks = [...text.matchAll(/\{[^}]*\}/g)].map(([mark]) => mark);
    const strange = marks.filter((mark) => mark !== '{observed}' && mark !== '{compared}');
    const place = `hints[${k}]`;
    const twice = `the code "${code}" is that of hints[${first}] already`;
    const says =
      text.trim() === ''
        ? 'the text is empty'
        : `nothing is put in for ${strange[0]}; there are {observed} and {compared}`;
    return [
      ...(first < k
        ? [{ code: 'hint-code-twice' as const, place, text: twice, examples: [] }]
        : []),
      ...(text.trim() === '' || strange.length > 0
        ? [{ code: 'hint-text' as const, place, text: says, examples: [] }]
        : []),
    ];
  });
}
