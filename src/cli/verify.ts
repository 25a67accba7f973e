import type { Command } from 'commander';
import { MisuseError } from '../base/errors.js';
import { assess } from '../grading/assess.js';
import { gradesVerifier, recordsVerifier } from '../portfolio/verify/verify.js';
import { counted } from '../segments/counted.js';
import { type AnalysisOptions, analysis } from './analysis.js';
import { readRowsInto, requireFile } from './files.js';
import { readMeasurable } from './input.js';
import type { Print } from './options.js';
import { asOfOptions } from './options.js';
import { readModelFile } from './rules.js';
import { readRemembered, standingOptions } from './standings.js';

/** `bookgrade verify`: whether a graded file is what the model gives now. */
export function define(command: Command, print: Print): void {
  command.argument('<grades>', 'a graded file').argument('<model>');
  standingOptions(asOfOptions(command));
  analysis(command, print, {
    out: 'write the differences',
    files: ({ args }: AnalysisOptions) => args,
    async read({ args: [grades, modelFile], ...options }) {
      const { policies, claims, experience, indicators } = options;
      if (grades === '-' && [policies, claims, experience, indicators].includes('-')) {
        throw new MisuseError('expected one thing from standard input: the grades or the book');
      }
      const model = await readModelFile(modelFile);
      if (grades !== '-') await requireFile(grades, 'grades');
      const remembered = await readRemembered(options);
      return { model, remembered, ...(await readMeasurable(options)) };
    },
    async run({ model, remembered, measuredBy }, options, progress) {
      const table = measuredBy({ plan: model.plan, model });
      const onProgress = progress('grading', table.length);
      const verifier = gradesVerifier(assess(table, model, { ...remembered, onProgress }));
      return readRowsInto(options.args[0], 'grades', {
        cells(names) {
          verifier.names(names);
          return verifier;
        },
        records: () => recordsVerifier(verifier),
      });
    },
    failure({ agrees, found }, { args: [grades] }) {
      return agrees
        ? undefined
        : `${grades} is not what the model gives now: ${counted(found, 'difference')}`;
    },
  });
}
