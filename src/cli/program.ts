import { Command, CommanderError } from 'commander';
import { MisuseError, UnusableDataError } from '../base/errors.js';
import { commands } from './commands.js';
import type { Print } from './options.js';

/** Where the command line prints. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}

/**
 * Runs the command line and gives its exit code: 0 done, 1 the data could not be used, 2 misuse,
 * with one line that says what to do.
 */
export async function runCli(
  args: readonly string[],
  version: string,
  io: Output,
): Promise<number> {
  try {
    const program = await commandLine(args, version, io);
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof MisuseError || error instanceof UnusableDataError) {
      io.err(`bookgrade: ${oneLine(error.message)}\n`);
      return error instanceof MisuseError ? 2 : 1;
    }
    throw error;
  }
}

/** The commands by name; of those that the arguments name, the code is loaded. */
async function commandLine(args: readonly string[], version: string, io: Output): Promise<Command> {
  const program = new Command('bookgrade')
    .description("Grades an insurer's customers: risk, value, service and underwriting advice")
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      outputError: (text, write) => write(`${oneLine(text)}\n`),
    });
  const print: Print = (options, result, text) => {
    if (options.out === '-' || options.issues === '-') io.err(`${text}\n`);
    else io.out(options.json ? `${JSON.stringify(result)}\n` : `${text}\n`);
  };
  for (const { name, summary, load } of commands) {
    const command = program.command(name).description(summary);
    if (args.includes(name)) (await load()).define(command, print);
  }
  return program;
}

/** Control characters, and marks that turn the direction of text. */
const controls = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

function oneLine(text: string): string {
  // What stands in a file or a path must not steer the terminal.
  return text
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(controls, '�');
}
