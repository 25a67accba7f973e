// Draws the charts of an executed notebook, or of files of Vega-Lite: render.js EXECUTED|SPEC… OUTDIR
// One SVG and one PNG for each, named after its cell or file. A chart that warns, or has no marks, is a
// fault.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GlobalFonts } from 'canvas';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';

const files = process.argv.slice(2, -1);
const folder = process.argv[process.argv.length - 1];
const scale = 2;

// A font that comes along: a bare machine has none, and text without a font has no width.
for (const face of ['DejaVuSans', 'DejaVuSans-Bold']) {
  const file = fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${face}.ttf`));
  if (!GlobalFonts.registerFromPath(file, 'DejaVu Sans')) throw new Error(`no font in ${file}`);
}

/** What each cell shows as Vega-Lite, under the name of the cell. */
function chartsOf({ cells }) {
  return cells.flatMap(({ id, outputs = [] }) => {
    const specs = outputs.flatMap(({ data = {} }) =>
      Object.entries(data)
        .filter(([type]) => type.startsWith('application/vnd.vegalite.'))
        .map(([, spec]) => spec),
    );
    return specs.map((spec, k) => ({ name: specs.length > 1 ? `${id}-${k + 1}` : id, spec }));
  });
}

/** How many marks of the data there are, axes, legends and titles left out, that take up any room. */
function countMarks({ role, marktype, items = [] }) {
  if (marktype === undefined || marktype === 'group') {
    return items.reduce((total, group) => total + countIn(group.items), 0);
  }
  const seen = ({ bounds }) => !bounds.empty() && bounds.width() + bounds.height() > 0;
  return role === 'mark' ? items.filter(seen).length : 0;
}
const countIn = (marks = []) => marks.reduce((total, mark) => total + countMarks(mark), 0);

/** Collects what Vega and Vega-Lite warn of, instead of printing it. */
function collecting(warnings) {
  const logger = {
    level: () => logger,
    error: (...parts) => warnings.push(parts.join(' ')) && logger,
    warn: (...parts) => warnings.push(parts.join(' ')) && logger,
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}

const charts = files.flatMap((file) => {
  const content = JSON.parse(readFileSync(file, 'utf8'));
  return content.cells ? chartsOf(content) : [{ name: basename(file, '.vl.json'), spec: content }];
});
const faults = charts.length === 0 ? ['there is no chart to draw'] : [];
for (const { name, spec } of charts) {
  const warnings = [];
  const logger = collecting(warnings);
  const view = new View(parse(compile(spec, { logger }).spec), { renderer: 'none', logger });
  writeFileSync(join(folder, `${name}.svg`), await view.toSVG());
  const canvas = await view.toCanvas(scale);
  writeFileSync(join(folder, `${name}.png`), canvas.toBuffer('image/png'));

  const marks = countIn(view.scenegraph().root.items[0].items);
  if (marks === 0) faults.push(`${name}: no marks`);
  faults.push(...warnings.map((warning) => `${name}: ${warning}`));
  console.log(`${name}: ${marks} marks, ${canvas.width / scale} × ${canvas.height / scale}`);
  view.finalize();
}
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
}
