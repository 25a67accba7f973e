import type { Command } from 'commander';
import { MisuseError } from '../base/errors.js';
import { countIssues } from '../book/issues.js';
import { assess } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { modelId } from '../model/model.js';
import { writeModel } from '../model/model-file.js';
import { cardProxies } from '../portfolio/profile/card-proxies.js';
import { cardProxiesText } from '../portfolio/profile/card-proxies-view.js';
import { cardText } from '../report/card-text.js';
import { issuesText } from '../report/issues-text.js';
import { modelText } from '../report/model-text.js';
import { modelNotes } from '../scoring/notes.js';
import { lifetimeNotes } from '../scoring/retention/fit-retention.js';
import { given, readInput } from './input.js';
import type { InputOptions, OutputOptions, Print } from './options.js';
import { inputOptions, notOffered, once } from './options.js';
import { checkOutputs, reportIssues, writeText } from './outputs.js';

/** `bookgrade calibrate`: a model of a plan and all that is calibrated from a book. */
export function define(command: Command, print: Print): void {
  notOffered(inputOptions(command), '--model')
    .option('--out <file>', 'the model: a JSON file or - (standard output) (required)', once)
    .action(async (options: InputOptions & OutputOptions) => {
      const out = given(options.out, '--out FILE, where the model goes');
      if (options.model !== undefined) {
        throw new MisuseError('calibrate makes a model: leave --model out');
      }
      await checkOutputs(options);
      const input = await readInput(options);
      await reportIssues(input.issues, options);
      const model = calibrate(input.table, input.plan);
      await writeText(out, [writeModel(model)]);
      const reportOn = model.plan.card?.reportOn ?? [];
      const grades = reportOn.length > 0 ? assess(input.table, model) : undefined;
      const proxies = grades ? reportOn.map((name) => cardProxies(grades, name)) : [];
      const { experience, value: _, inputs: __, ...measured } = model.parameters;
      const summary = {
        model: { id: modelId(model), hash: model.hash, method: experience.method },
        fittedOn: model.fittedOn,
        ...measured,
        ...(proxies.length > 0 && { proxies }),
        notes: [...input.table.notes, ...modelNotes(experience.notes), ...lifetimeNotes(model)],
        issues: countIssues(input.issues),
        columns: input.issues.columns,
      };
      print(
        options,
        summary,
        [
          modelText(model, input.table.notes),
          ...(model.parameters.card ? ['', cardText(model), ''] : []),
          ...(proxies.length > 0 ? [cardProxiesText(proxies), ''] : []),
          issuesText(summary.issues),
        ].join('\n'),
      );
    });
}
