import type { Command } from 'commander';
import { MisuseError, UnusableDataError } from '../base/errors.js';
import { countIssues } from '../book/issues.js';
import { assess } from '../grading/assess.js';
import { issuesText } from '../portfolio/summary/view.js';
import { gradesVerifier, recordsVerifier } from '../portfolio/verify/verify.js';
import { verifyText } from '../portfolio/verify/view.js';
import { counted } from '../segments/counted.js';
import { readRowsInto, requireFile } from './files.js';
import { type InputOptions, readMeasurable } from './input.js';
import { bookCommand, once } from './options.js';
import {
  checkOutputs,
  checkRowsName,
  type OutputOptions,
  type Print,
  reportIssues,
  writeRows,
} from './outputs.js';
import { progressBar } from './progress.js';
import { readModelFile } from './rules.js';
import { readRemembered, standingOptions } from './standings.js';

const columns = ['customer_id', 'column', 'stored', 'now', 'because'];
const printed = 10;

/** `bookgrade verify`: whether a graded file is what the model gives now. */
export function verifyCommand(program: Command, print: Print): void {
  standingOptions(
    bookCommand(
      program,
      'verify',
      'grade a book again and compare every cell of a graded file; exit 1 if any differs',
      '<grades>',
      '<model>',
    ),
  )
    .option('--out <file>', 'write the differences', once)
    .action(
      async (gradesFile: string, modelFile: string, options: InputOptions & OutputOptions) => {
        const { out, policies, claims, experience, indicators } = options;
        await checkOutputs(options, [gradesFile, modelFile]);
        if (out !== undefined) checkRowsName(out);
        if (gradesFile === '-' && [policies, claims, experience, indicators].includes('-')) {
          throw new MisuseError('expected one thing from standard input: the grades or the book');
        }
        const model = await readModelFile(modelFile);
        if (gradesFile !== '-') await requireFile(gradesFile, 'grades');
        const remembered = await readRemembered(options);
        const input = await readMeasurable(options);
        await reportIssues(input.issues, options);
        const table = input.measuredBy({ plan: model.plan, model });
        const bar = progressBar('grading', table.length);
        const grades = assess(table, model, {
          ...remembered,
          onProgress: (count) => bar.add(count),
        });
        bar.stop();
        const verifier = gradesVerifier(grades);
        const { differences, ...verification } = await readRowsInto(gradesFile, 'grades', {
          cells(names) {
            verifier.names(names);
            return verifier;
          },
          records: () => recordsVerifier(verifier),
        });
        if (out !== undefined) {
          await writeRows(out, columns, differences.length, (k) => {
            const { customerId, column, stored, now, because } = differences[k];
            return [customerId, column, stored, now, because];
          });
        }
        const issues = countIssues(input.issues);
        print(
          options,
          { ...verification, differences: differences.slice(0, printed), issues },
          `${verifyText({ ...verification, differences })}\n\n${issuesText(issues)}`,
        );
        if (verification.agrees) return;
        throw new UnusableDataError(
          `${gradesFile} is not what the model gives now: ${counted(verification.found, 'difference')}`,
        );
      },
    );
}
