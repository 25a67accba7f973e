import { type CredibilityAverageParameters, type Model, modelId } from '../model/model.js';
import { methodName } from '../scoring/experience/plain-methods.js';
import { lifetimeNotes } from '../scoring/retention/fit-retention.js';
import { counted, worded } from '../segments/counted.js';
import { figure, none } from './figures.js';
import { textTable } from './text-table.js';

/** What was calibrated, for a terminal: the method, large losses, segments, the contest, balance. */
export function modelText(model: Model, tableNotes: readonly string[] = []): string {
  const { experience, losses, complement, contest, balance, retention } = model.parameters;
  const blocks = [
    `Calibrated ${modelId(model)} on ${counted(model.fittedOn.customers, 'customer')}, method ${experience.method}`,
    ...(experience.method === 'credibility-average' ? averageText(experience) : []),
    ...(losses ? [lossesText(losses)] : []),
    ...(balance ? [balanceText(balance)] : []),
    ...(contest ? [contestText(contest)] : []),
    ...(complement ? [complementText(complement)] : []),
    ...(retention ? [retentionText(retention)] : []),
    ...[...tableNotes, ...experience.notes, ...lifetimeNotes(model)].map(
      (note) => `Note: ${note}.`,
    ),
  ];
  return blocks.join('\n');
}

type Part<K extends keyof Model['parameters']> = NonNullable<Model['parameters'][K]>;

const money = (amount: number) => worded(amount, 'incurred_loss');
const share = (part: number) => worded(part, 'loss_ratio');
const whole = (count: number) => figure(count, 'count');

/** What the average of formulas rests on; nothing where nothing was learnt, of which a note tells. */
function averageText({ formulas, noDifference, learnt }: CredibilityAverageParameters): string[] {
  if (!learnt) return [];
  const told = formulas.reduce((all, { weight }) => all + weight, 0);
  const sizes = formulas.reduce((all, one) => all + one.weight * one.lossShare, 0) / told;
  const days = learnt.pairs.map(
    ({ asOf, customers }) => `${asOf} (${counted(customers, 'customer')})`,
  );
  return [
    `Learnt from the year after ${days.join(', ')}: claims weigh by how large they are to ${told > 0 ? share(sizes) : none}, else by how many; "no difference between customers" has a weight of ${share(noDifference)}`,
  ];
}

function lossesText({ cap, cappedLoss, excessLoss }: Part<'losses'>): string {
  if (cap === null) return 'Large losses: no cap';
  const line =
    'amount' in cap ? money(cap.amount) : `${cap.premiums} times the annual premium of its term`;
  const spread = cappedLoss > 0 ? ` (${share(excessLoss / cappedLoss)} on top of every one)` : '';
  return `Large losses: each claim up to ${line}; ${money(excessLoss)} above is spread in proportion to the ${money(cappedLoss)} below${spread}`;
}

function balanceText({ expectedLoss, actualLoss, factor }: Part<'balance'>): string {
  return `Balance: expected losses add up to ${money(expectedLoss)}, the book's to ${money(actualLoss)}; every expected loss ratio is multiplied by ${factor.toFixed(4)}`;
}

function contestText({ customers, entries, chosen }: Part<'contest'>): string {
  const rows = entries.map((entry, k) => [
    `${k === chosen ? '→ ' : '  '}${methodName(entry)}`,
    entry.gini.toFixed(3),
    entry.behind.toFixed(3),
    entry.standardError.toFixed(3),
  ]);
  return [
    `Contest: the latest year of ${counted(customers, 'customer')}, graded on the years before it`,
    textTable(['method', 'Gini of losses', 'behind the best', 'standard error'], rows),
  ].join('\n');
}

function retentionText({ level, book, segments }: Part<'retention'>): string {
  const rows = [
    retentionRow('the book', book),
    ...(segments?.curves ?? []).map((curve, k) => retentionRow(segments?.labels[k] ?? '', curve)),
  ];
  const renewals = ['1st', '2nd', '5th', '10th'].map((nth) => `stays at ${nth}`);
  const counted = ['renewals', 'left', ...renewals, 'years', 'latest year: left', 'expected'];
  return [
    `Retention of each ${level}, by renewals passed; years: discounted, to come after the first year`,
    textTable(['', ...counted], rows),
  ].join('\n');
}

function retentionRow(name: string, curve: Part<'retention'>['book']): string[] {
  const { method, opportunities, left, rates, years, holdout } = curve;
  return [
    `${name}: ${method === 'book' ? "the book's rates" : method}`,
    ...(method === 'constant' ? [none, none] : [whole(opportunities), whole(left)]),
    ...[0, 1, 4, 9].map((passed) => share(rates[passed])),
    years[0].toFixed(2),
    holdout ? whole(holdout.left) : none,
    holdout ? whole(holdout.expectedLeft) : none,
  ];
}

function complementText({
  attribute,
  labels,
  relativities,
  credibility,
}: Part<'complement'>): string {
  const rows = labels.map((label, k) => [
    label,
    relativities[k].toFixed(3),
    credibility[k].toFixed(3),
  ]);
  return textTable([attribute, 'relativity to the book', 'credibility'], rows);
}
