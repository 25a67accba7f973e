import { valueTiers } from '../plan/value.js';
import type { Block } from '../report/blocks.js';
import { figure } from '../report/figures.js';
import { shownAs } from '../report/view.js';
import { described } from '../scoring/scores.js';
import { counted, formatValue } from '../segments/counted.js';
import type { BookFindings } from './book.js';
import type { Example, Note } from './finding.js';
import type { Lint } from './result.js';

/** What was found in a plan: each fault with customers that show it. */
function lintBlocks({ plan, findings, notes, looked, book }: Lint): Block[] {
  const sampled = looked.filter(({ proof }) => proof === 'sampled');
  const cells = looked.reduce((all, entry) => all + entry.cells, 0);
  const verdict =
    findings.length === 0
      ? `The plan "${plan}" is sound: no fault found.`
      : `The plan "${plan}" has ${counted(findings.length, 'fault')}.`;
  return [
    verdict,
    ...findings.map((finding) => foundBlock(finding, `${finding.place}: ${finding.code}`)),
    ...(notes.length === 0
      ? []
      : [
          `By law, and no fault of the plan, ${counted(notes.length, 'hint')} ${notes.length === 1 ? 'is' : 'are'} withheld so that a worse customer's action is milder:`,
        ]),
    ...notes.map((note) => foundBlock(note, note.place)),
    `${counted(cells, 'cell')} looked at${sampled.length === 0 ? ': every cell that the rules distinguish, so this is a proof.' : '. Every cell except the following, which were sampled, so this is not a proof for them:'}`,
    ...sampled.map(({ about, why }) => `${about}: ${why}.`),
    ...(book ? bookBlocks(book) : []),
  ];
}

function foundBlock({ text, examples }: Note, heading: string): Block {
  const [first, second] = examples;
  const lines = [
    heading,
    `  ${text}`,
    ...(first ? [`  ${second ? 'before: ' : 'example: '}${exampleInWords(first)}`] : []),
    ...(first && second ? [`  after:  ${differenceInWords(first, second)}`] : []),
  ];
  return { plain: lines.join('\n') };
}

/** `2 claims, exposure 3 years`: an example in words. */
function exampleInWords(example: Example): string {
  return Object.entries(example)
    .map(([name, value]) => {
      const label = described.get(name)?.label ?? name.replaceAll('_', ' ');
      if (typeof value !== 'number') return `${label} ${value ?? 'missing'}`;
      if (name === 'value_tier') return `${valueTiers[value]} value`;
      const inUnits = inUnitsOf(value, name);
      return label.startsWith('claims') ? `${value} ${label}` : `${label} ${inUnits}`;
    })
    .join(', ');
}

/** Digits enough that a value just beside a line is not printed as the line. */
function inUnitsOf(value: number, name: string): string {
  const words = formatValue(value, name);
  return Number.isInteger(value * 1000) ? words : `${Number(value.toPrecision(6))}`;
}

/** What is other in the second of two examples. */
function differenceInWords(first: Example, second: Example): string {
  const other = Object.entries(second).filter(([name, value]) => first[name] !== value);
  return exampleInWords(Object.fromEntries(other));
}

function bookBlocks({ customers, rules, nobody, near }: BookFindings): Block[] {
  const idle = rules
    .filter(({ decides }) => decides === 0)
    .map(({ place, gives }) => `${place} (${gives})`);
  return [
    `On the book of ${counted(customers, 'customer')}:`,
    {
      header: ['rule', 'gives', 'holds for', 'decides'],
      rows: rules.map(({ place, gives, holds, decides }) => [
        place,
        gives,
        figure(holds, 'count'),
        figure(decides, 'count'),
      ]),
    },
    nobody.length === 0
      ? 'Every tier and action has customers.'
      : `No customers: ${nobody.join('; ')}.`,
    ...(idle.length === 0 ? [] : [`Rules that decide for no customer: ${idle.join(', ')}.`]),
    ...(near.length === 0
      ? []
      : [
          'Within 2% of a threshold, where a small change of the figure or the threshold changes the grade:',
          {
            header: ['threshold', 'at', 'customers', 'premium'],
            rows: near.map(({ name, line, customers: many, earnedPremium }) => [
              described.get(name)?.label ?? name,
              formatValue(line, name),
              figure(many, 'count'),
              figure(earnedPremium, 'money'),
            ]),
          },
        ]),
  ];
}

export const showLint = shownAs<Lint>({ blocks: lintBlocks });
