import type { Command } from 'commander';
import { labelAt } from '../base/columns.js';
import { didYouMean, MisuseError, UnusableDataError } from '../base/errors.js';
import type { ReadColumns } from '../book/columns-file.js';
import { readColumnsFile } from '../book/columns-file.js';
import type { Field } from '../book/field.js';
import { countIssues, type IssueLog, issueLog } from '../book/issues.js';
import { type Applicant, cardOf, screener } from '../grading/screen.js';
import { type Model, modelId } from '../model/model.js';
import { readModel } from '../model/model-file.js';
import { issuesText } from '../report/issues-text.js';
import {
  screeningHeader,
  screeningRow,
  screeningText,
  summarizeScreenings,
} from '../report/screening-rows.js';
import { modelNotes } from '../scoring/notes.js';
import { attributesOf } from '../scoring/scorecard/terms.js';
import { readJson, readTable, readText } from './files.js';
import { given } from './input.js';
import type { OutputOptions, Print } from './options.js';
import { mostIssues, once } from './options.js';
import { checkOutputs, checkRowsName, reportIssues, writeRows } from './outputs.js';
import { progressBar } from './progress.js';

interface ScreenOptions extends OutputOptions {
  readonly model?: string;
  readonly columns?: string;
}

const idFields = ['applicant_id', 'customer_id'] as const;
const applicantFields: readonly Field[] = [...idFields, 'line', 'channel', 'branch'].map(
  (name) => ({ name, kind: 'text' }),
);

/** `bookgrade screen`: people without history, by the scorecard of a model. */
export function define(command: Command, print: Print): void {
  command
    .argument(
      '<applicants>',
      'one row an applicant: applicant_id (or customer_id) and the attributes of the card; .csv, .ndjson, .gz or -',
    )
    .option('--model <file>', 'a model calibrated with plan.card (required)', once)
    .option('--columns <file>', "how the file's columns and labels map onto ours (JSON)", once)
    .option('--out <file>', 'screened applicants: .csv or .ndjson, .gz, or - (required)', once)
    .option('--issues <file>', 'write every row that could not be used', once)
    .option(
      '--max-issues <n>',
      'exit 1 when there are more issues: a number, or a share like 5%',
      mostIssues,
    )
    .option('--json', 'print the summary as one JSON object')
    .action(async (file: string, options: ScreenOptions) => {
      const out = given(options.out, '--out FILE, where the screened applicants go');
      const modelFile = given(options.model, '--model FILE, calibrated with a card in its plan');
      await checkOutputs(options, [file, modelFile]);
      checkRowsName(out);
      const model = readModel(await readText(modelFile, 'model'));
      // An applicant that cannot be read is told; the others are graded all the same.
      const log = issueLog(options.maxIssues ?? Number.MAX_SAFE_INTEGER);
      const applicants = await readApplicants(file, model, options, log);
      const issues = log.finish();
      await reportIssues(issues, options);
      if (applicants.length === 0 && issues.length > 0) {
        throw new UnusableDataError(`${file}: no row can be used; see the issues`);
      }
      const bar = progressBar('screening', applicants.length);
      const screened = applicants.map(screener(model));
      bar.add(applicants.length);
      bar.stop();
      await writeRows(out, screeningHeader, screened.length, (row) => screeningRow(screened[row]));
      const summary = {
        ...summarizeScreenings(screened),
        notes: modelNotes(cardOf(model).notes),
        model: { id: modelId(model), hash: model.hash },
        issues: countIssues(issues),
      };
      print(
        options,
        summary,
        `${screeningText(summary)}\n${summary.notes.map((note) => `Note: ${note}.\n`).join('')}${issuesText(summary.issues)}`,
      );
    });
}

async function readApplicants(
  file: string,
  model: Model,
  { columns }: ScreenOptions,
  log: IssueLog,
): Promise<Applicant[]> {
  const card = cardOf(model);
  const mapped = readColumnsFile(
    columns === undefined ? {} : await readJson(columns, 'columns file'),
  );
  const read = await readTable(file, 'applicants', applicantFields, forApplicants(mapped), log);
  const known = [
    ...applicantFields.map(({ name }) => ({ name, ...read.texts[name] })),
    ...read.attributes,
  ].filter(({ name }) => !read.absent.includes(name));
  const names = known.map(({ name }) => name);
  if (idFields.every((name) => read.absent.includes(name))) {
    throw new MisuseError(
      `${file}: expected a column "applicant_id" or "customer_id"${didYouMean('applicant_id', names)}, found ${names.join(', ') || 'none'}`,
    );
  }
  const used = attributesOf(card).map((attribute) => {
    const column = known.find(({ name }) => name === attribute);
    if (column) return column;
    throw new MisuseError(
      `${file}: the card has "${attribute}": expected a column of that name${didYouMean(attribute, names)}, found ${names.join(', ') || 'none'}`,
    );
  });
  const ids = idFields.map((name) => read.texts[name]);
  return Array.from({ length: read.length }, (_, row) => row).flatMap((row) => {
    const applicantId = labelAt(ids[0], row) ?? labelAt(ids[1], row);
    if (applicantId === undefined) {
      log.add(
        {
          table: 'applicants',
          row: read.rows[row],
          field: 'applicant_id',
          code: 'missing-value',
          message: 'applicant_id is missing',
          amount: 0,
        },
        true,
      );
      return [];
    }
    const attributes = Object.fromEntries(
      used.map((column) => [column.name, labelAt(column, row) ?? null]),
    );
    return { applicantId, attributes };
  });
}

/** A columns file of a book as it holds for applicants, who have no terms, premium or claims. */
function forApplicants(file: ReadColumns): ReadColumns {
  const names = applicantFields.map(({ name }) => name);
  const columns = Object.entries(file.columns).filter(([name]) => names.includes(name));
  return { ...file, columns: Object.fromEntries(columns), attributes: undefined };
}
