// @ts-check

/**
 * Prints a model's formulas as SQL for DuckDB, with the rules for missing values that
 * `src/expression.ts` states. It prints what a person who wants it fast would write: a comparison
 * is only told what to do about NULL where NULL and no differ, constants and mere other names
 * are put in place, and a formula that builds on others stands in a later stage.
 */
export function stagedSelect(formulas, inputs, from, wanted) {
  const printer = sqlPrinter(inputs);
  const stages = [];
  for (const { name, formula } of formulas) {
    const stage = printer.define(name, formula);
    if (stage === 0) continue;
    stages[stage - 1] ??= [];
    stages[stage - 1].push(`${printer.print(formula)} AS ${quoted(name)}`);
  }
  const query = stages.reduce(
    (inner, columns) => `SELECT *,\n  ${columns.join(',\n  ')}\nFROM (${inner})`,
    `SELECT * FROM ${from}`,
  );
  const list = wanted.map(({ name, type }) => `${printer.print(name)}::${type} AS ${quoted(name)}`);
  return `SELECT ${list.join(', ')}\nFROM (${query})`;
}

export const quoted = (name) => `"${name}"`;

const comparisons = { '<': '<', '<=': '<=', '>': '>', '>=': '>=', '=': '=', '!=': '<>' };
const yesOrNo = new Set([...Object.keys(comparisons), 'and', 'or', 'not', 'missing']);

/**
 * Each name's kind: whether it is yes or no (a BOOLEAN, never NULL), whether it may be missing, and
 * the stage of the query that it is computed in.
 */
function sqlPrinter(inputs) {
  const known = new Map();
  for (const name of inputs) known.set(name, { stage: 0, truth: false, missing: true });

  /** A name that only stands for a number or another name is that. */
  const meaning = (formula) => {
    const { alias } = (typeof formula === 'string' && known.get(formula)) || {};
    return alias === undefined ? formula : alias;
  };
  const isTruth = (formula) => {
    const meant = meaning(formula);
    if (typeof meant === 'string') return known.get(meant).truth;
    return Array.isArray(meant) && yesOrNo.has(meant[0]);
  };
  const mayBeMissing = (formula) => {
    const meant = meaning(formula);
    if (typeof meant === 'number' || isTruth(meant)) return false;
    if (typeof meant === 'string') return known.get(meant).missing;
    const [operator, ...operands] = meant;
    if (['/', 'sqrt', 'lookup'].includes(operator)) return true;
    if (operator === 'case')
      return operands.some((o, k) => isValue(operands, k) && mayBeMissing(o));
    return operands.some(mayBeMissing);
  };
  const stageOf = (formula) => {
    const meant = meaning(formula);
    if (typeof meant === 'number') return 0;
    if (typeof meant === 'string') return known.get(meant).stage;
    return Math.max(...meant.slice(1).map(stageOf));
  };

  /** As a number. */
  const number = (formula) => {
    const meant = meaning(formula);
    if (isTruth(meant)) return `${truth(meant)}::INTEGER`;
    if (typeof meant === 'number') return literal(meant);
    if (typeof meant === 'string') return quoted(meant);
    const [operator, ...operands] = meant;
    switch (operator) {
      case '+':
      case '-':
      case '*':
        return `(${operands.map(number).join(` ${operator} `)})`;
      case '/':
        return `(${operands.map((o, k) => (k === 0 ? number(o) : divisor(o))).join(' / ')})`;
      case 'least':
      case 'greatest':
        return extreme(operator, operands);
      case 'ceiling':
        return `ceil(${number(operands[0])})`;
      case 'abs':
        return `abs(${number(operands[0])})`;
      case 'sqrt':
        return `CASE WHEN ${number(operands[0])} >= 0 THEN sqrt(${number(operands[0])}) END`;
      case 'case':
        return choice(operands);
      case 'lookup':
        return lookup(operands);
      default:
        throw new Error(`no SQL is known for "${operator}"`);
    }
  };
  const divisor = (formula) => {
    const meant = meaning(formula);
    return typeof meant === 'number' && meant !== 0 ? number(meant) : `nullif(${number(meant)}, 0)`;
  };
  /** `least` and `greatest` of SQL pass over NULL; ours are missing with anything missing. */
  const extreme = (operator, operands) => {
    const flat = (list) =>
      list.flatMap((o) => (Array.isArray(o) && o[0] === operator ? flat(o.slice(1)) : [o]));
    const all = flat(operands);
    const most = `${operator}(${all.map(number).join(', ')})`;
    const absent = all.filter(mayBeMissing).map((o) => `${number(o)} IS NULL`);
    return absent.length === 0
      ? most
      : `CASE WHEN ${absent.join(' OR ')} THEN NULL ELSE ${most} END`;
  };
  const choice = (operands) => {
    const branches = [];
    for (let k = 0; k + 2 < operands.length; k += 2) {
      branches.push(`WHEN ${condition(operands[k])} THEN ${number(operands[k + 1])}`);
    }
    return `CASE ${branches.join(' ')} ELSE ${number(operands[operands.length - 1])} END`;
  };
  /** Only a number between two entries, of which claim counts have none, pays for drawing lines. */
  const lookup = ([at, ...table]) => {
    const list = `[${table.map((v) => `${v}::DOUBLE`).join(', ')}]`;
    const where = number(at);
    const left = `${list}[floor(${where})::INTEGER + 1]`;
    const right = `${list}[floor(${where})::INTEGER + 2]`;
    return `CASE WHEN ${where} < 0 OR ${where} > ${table.length - 1} THEN NULL WHEN ${where} = floor(${where}) THEN ${list}[${where}::INTEGER + 1] ELSE ${left} + (${where} - floor(${where})) * (${right} - ${left}) END`;
  };

  /** As a condition, where NULL does as well as no. */
  const condition = (formula) => {
    const meant = meaning(formula);
    if (typeof meant === 'string' && isTruth(meant)) return quoted(meant);
    if (!isTruth(meant)) return `${number(meant)} <> 0`;
    const [operator, ...operands] = meant;
    if (operator === 'and' || operator === 'or') {
      return `(${operands.map(condition).join(operator === 'and' ? ' AND ' : ' OR ')})`;
    }
    if (operator === 'not') return `NOT ${truth(operands[0])}`;
    if (operator === 'missing') return `${number(operands[0])} IS NULL`;
    return `${number(operands[0])} ${comparisons[operator]} ${number(operands[1])}`;
  };
  /** As yes or no, never NULL. */
  const truth = (formula) => {
    const meant = meaning(formula);
    if (typeof meant === 'string' && isTruth(meant)) return quoted(meant);
    if (Array.isArray(meant) && meant[0] === 'missing') return `(${condition(meant)})`;
    return `coalesce(${condition(meant)}, false)`;
  };

  return {
    print: (formula) => (isTruth(formula) ? truth(formula) : number(formula)),
    /** Makes a named formula known and returns its stage, 0 where it needs no column. */
    define(name, formula) {
      const alias = meaning(formula);
      if (typeof alias !== 'object') known.set(name, { alias });
      else {
        const kind = { truth: isTruth(formula), missing: mayBeMissing(formula) };
        known.set(name, { ...kind, stage: stageOf(formula) + 1 });
      }
      return known.get(name).stage ?? 0;
    },
  };
}

/** Of a case's operands, every second and the last are values, the others conditions. */
const isValue = (operands, k) => k % 2 === 1 || k === operands.length - 1;

/** Without an exponent a number with a point would be a DECIMAL. */
function literal(value) {
  const text = String(value);
  const double = Number.isInteger(value) || text.includes('e') ? text : `${text}e0`;
  return value < 0 ? `(${double})` : double;
}

/**
 * The positions of the heaviest of some weights as columns `place 0`, `place 1` …; −1 where no
 * weight is above 0, the first among equals: the greatest is found, taken out, and so on.
 */
export function heaviestPositions(query, weights, carried, most) {
  const weight = weights.map((_, w) => `w${w}`);
  const list = [...carried.map(quoted), ...weights.map((name, w) => `${quoted(name)} AS w${w}`)];
  let inner = `SELECT ${list.join(', ')}\nFROM (${query})`;
  for (let place = 0; place < most; place++) {
    const at = quoted(`place ${place}`);
    const which = weight.map((w, r) => `WHEN ${w} = heaviest THEN ${r}`).join(' ');
    const left = weight.map((w, r) => `CASE WHEN ${at} = ${r} THEN 0 ELSE ${w} END AS ${w}`);
    inner = `SELECT *, greatest(${weight.join(', ')}) AS heaviest\nFROM (${inner})`;
    inner = `SELECT * EXCLUDE (heaviest), (CASE WHEN heaviest <= 0 THEN -1 ${which} END)::TINYINT AS ${at}\nFROM (${inner})`;
    inner = `SELECT * REPLACE (${left.join(', ')})\nFROM (${inner})`;
  }
  return `SELECT * EXCLUDE (${weight.join(', ')})\nFROM (${inner})`;
}
