/** A chart as a Vega-Lite specification with its data in it: plain JSON, for any Vega renderer. */
export type ChartSpec = Readonly<Record<string, unknown>>;

/** Blue and orange are told apart by the colour-blind too (Okabe and Ito, 2008); charts add shapes. */
export const [blue, orange, dark, grey] = ['#0072B2', '#E69F00', '#333333', '#777777'];
/** What every chart has: sizes that can be read in a picture, on white. */
export const frame = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  background: 'white',
  padding: 16,
  config: {
    font: 'Helvetica, Arial, DejaVu Sans, sans-serif',
    view: { stroke: null },
    title: { fontSize: 17, subtitleFontSize: 13, subtitlePadding: 6, anchor: 'start', offset: 14 },
    axis: { labelFontSize: 13, titleFontSize: 13, titleFontWeight: 'normal', titlePadding: 10 },
    legend: { labelFontSize: 13, symbolSize: 140, labelLimit: 0, title: null },
  },
};

/** A column of the data drawn as an amount along an axis. */
export function amount(field: string, more: ChartSpec = {}): ChartSpec {
  return { field, type: 'quantitative', ...more };
}

/** A title in lines of about the same length, so many letters at most, to stay above its plot. */
export function titleLines(text: string, letters: number): string[] {
  const even = text.length / Math.ceil(text.length / letters);
  // Greedy lines of just the even length would leave a word over: a little more takes it in.
  const most = Math.min(letters, even + 8);
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    return last !== undefined && last.length + word.length < most
      ? [...lines.slice(0, -1), `${last} ${word}`]
      : [...lines, word];
  }, []);
}
