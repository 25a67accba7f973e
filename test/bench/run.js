// @ts-check
import { fork } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { backtest } from './backtest.js';
import { Difference } from './compare.js';
import { decision } from './decision.js';
import { grades } from './grades.js';
import { indicators } from './indicators.js';
import { reportText } from './report.js';

const usage = `bench: node test/bench/run.js [--customers N] [--rounds N] [--part NAME] [--json]
  --customers  customers of the synthetic book; 100000 and then 1000000 if not given
  --rounds     timed rounds of every side; 5 up to 200,000 customers, 3 above; 7 of the decision
  --part       indicators, grades, decision or backtest; all of them if not given
  --json       one JSON object instead of tables`;
const bookSizes = [100_000, 1_000_000];
const parts = { indicators, grades, decision, backtest };
/** Exit codes: answers differ; the bench itself could not run. */
const different = 1;
const failed = 2;
const inChild = 'BOOKGRADE_BENCH_PART';

/** What is to be run: the parts on books of every size, the decision once. */
function jobsOf({ customers, rounds, part }) {
  const sizes = customers ? [customers] : bookSizes;
  const settings = sizes.map((size) => ({
    customers: size,
    rounds: rounds ?? (size > 200_000 ? 3 : 5),
    warmUps: size > 200_000 ? 1 : 2,
  }));
  const onBooks = settings.flatMap((setting) => [
    { name: 'indicators', setting },
    { name: 'grades', setting },
  ]);
  const decisions = Math.min(20_000, 20 * Math.ceil(sizes[0] / 20));
  const decided = { decisions, rounds: rounds ?? 7, warmUps: 3 };
  const jobs = [
    ...onBooks,
    { name: 'decision', setting: decided },
    { name: 'backtest', setting: settings[0] },
  ];
  return part ? jobs.filter(({ name }) => name === part) : jobs;
}

/** A process for each part and size, so that none has another's memory or compiled code. */
function inProcessOfItsOwn(job) {
  return new Promise((resolve) => {
    const env = { ...process.env, [inChild]: JSON.stringify(job) };
    const child = fork(fileURLToPath(import.meta.url), { env });
    let result;
    child.on('message', (message) => {
      result = message;
    });
    child.on('exit', (code) => {
      if (code !== 0) process.exitCode = code ?? failed;
      resolve(code === 0 ? result : undefined);
    });
  });
}

function optionsOf(args) {
  const { values } = parseArgs({
    args,
    options: {
      customers: { type: 'string' },
      rounds: { type: 'string' },
      part: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const whole = (name) => {
    if (values[name] === undefined) return undefined;
    const number = Number(values[name]);
    if (Number.isInteger(number) && number > 0) return number;
    throw new TypeError(`--${name}: expected a whole number above 0, got ${values[name]}`);
  };
  if (values.part && !(values.part in parts)) {
    throw new TypeError(`--part: expected ${Object.keys(parts).join(', ')}, got ${values.part}`);
  }
  return { ...values, customers: whole('customers'), rounds: whole('rounds') };
}

async function main() {
  let options;
  try {
    options = optionsOf(process.argv.slice(2));
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exitCode = failed;
    return;
  }
  if (options.help) {
    console.log(usage);
    return;
  }
  const machine = `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} processors`;
  const results = [];
  for (const job of jobsOf(options)) {
    const result = await inProcessOfItsOwn(job);
    if (result === undefined) continue;
    results.push(result);
    if (!options.json) console.log(reportText(result));
  }
  if (options.json) console.log(JSON.stringify({ machine, parts: results }, null, 2));
  else console.log(closing(machine));
}

const closing = (
  machine,
) => `ratio = time of the other ÷ time of the first line: above 1, bookgrade is faster.
Medians of rounds in which all sides take turns; on a shared machine the times themselves mean little.
${machine}`;

async function inThisProcess({ name, setting }) {
  try {
    const result = await parts[name](setting);
    process.send?.({ part: name, ...setting, ...result });
    process.disconnect?.();
  } catch (error) {
    const differ = error instanceof Difference;
    console.error(`${name}: ${differ ? error.message : error.stack}`);
    process.exit(differ ? different : failed);
  }
}

if (process.env[inChild] === undefined) await main();
else await inThisProcess(JSON.parse(process.env[inChild]));
