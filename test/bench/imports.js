// @ts-check
// What it costs to import each entry of the package and to start the command line, beside zod: turn by
// turn, each in a process of its own.  node test/bench/imports.js [ROUNDS]
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { median } from './timing.js';

const rounds = Number(process.argv[2] ?? 11);
const entries = readdirSync('dist').filter((name) => /^(?!chunk|cli)[a-z]+\.js$/.test(name));

/** Milliseconds of an import, measured inside a process that does nothing else. */
function importing(what) {
  const code = `const start = performance.now(); await import(${JSON.stringify(what)}); console.log(performance.now() - start);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', code]));
}

/** Milliseconds of a process from its start to its end. */
function running(...args) {
  const start = performance.now();
  execFileSync(process.execPath, args);
  return performance.now() - start;
}

const sides = {
  zod: () => importing('zod'),
  ...Object.fromEntries(entries.map((name) => [name, () => importing(`./dist/${name}`)])),
  // Node's own start is in both of these.
  "node -e 'import zod'": () => running('--input-type=module', '--eval', 'await import("zod")'),
  'bookgrade --version': () => running('dist/cli.js', '--version'),
};
const times = Object.fromEntries(
  Object.keys(sides).map((name) => [name, /** @type {number[]} */ ([])]),
);
for (let round = 0; round < rounds; round++) {
  const turns = Object.entries(sides);
  if (round % 2 === 1) turns.reverse();
  for (const [name, run] of turns) times[name].push(run());
}
const milliseconds = (name) => median(times[name]);
const beside = (name) =>
  milliseconds(name) / milliseconds(name.startsWith('bookgrade') ? "node -e 'import zod'" : 'zod');
for (const name of Object.keys(sides)) {
  console.log(
    `${name.padEnd(22)} ${milliseconds(name).toFixed(0).padStart(5)} ms  ${beside(name).toFixed(2)} × zod`,
  );
}
