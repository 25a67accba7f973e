import { type Model, modelId } from '../model.js';
import { methodName } from '../scoring/auto.js';
import { counted, worded } from '../segments/wording.js';
import { textTable } from './text-table.js';

/** What was calibrated, for a terminal: the method, large losses, segments, the contest, balance. */
export function modelText(model: Model, tableNotes: readonly string[] = []): string {
  const { experience, losses, complement, contest, balance } = model.parameters;
  const blocks = [
    `Calibrated ${modelId(model)} on ${counted(model.fittedOn.customers, 'customer')}, method ${experience.method}`,
    ...(losses ? [lossesText(losses)] : []),
    ...(balance ? [balanceText(balance)] : []),
    ...(contest ? [contestText(contest)] : []),
    ...(complement ? [complementText(complement)] : []),
    ...[...tableNotes, ...experience.notes].map((note) => `Note: ${note}.`),
  ];
  return blocks.join('\n');
}

type Part<K extends keyof Model['parameters']> = NonNullable<Model['parameters'][K]>;

const money = (amount: number) => worded(amount, 'incurred_loss');
const share = (part: number) => worded(part, 'loss_ratio');

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
