import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  add(amount: number): void;
  stop(): void;
}

/** A progress bar on standard error, shown when that is a terminal and the total is known. */
export function progressBar(what: string, total: number): Progress {
  if (!process.stderr.isTTY || total <= 0) return { add() {}, stop() {} };
  const bar = new SingleBar(
    {
      format: `${what.padEnd(20)} {bar} {percentage}%`,
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { add: (amount) => bar.increment(amount), stop: () => bar.stop() };
}
