#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { runCli } from './cli/program.js';

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  // Whoever reads standard output may have had enough, as `| head` does: no error of ours.
  if (code === 'EPIPE') process.exit(0);
  process.stderr.write(`bookgrade: cannot write standard output: ${message}\n`);
  process.exit(2);
});
process.exitCode = await runCli(process.argv.slice(2), version, {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
