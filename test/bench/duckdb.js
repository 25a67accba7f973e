// @ts-check
import { DOUBLE, DuckDBDataChunk, DuckDBInstance, INTEGER, VARCHAR } from '@duckdb/node-api';

const chunkRows = 2048;

/** A database in memory that works on one thread, as bookgrade does. */
export async function openDuckDB() {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run('SET threads = 1');
  return connection;
}

/** The type a column of figures, whole numbers or texts has in the database. */
const typeOf = (column) => {
  if (column instanceof Float64Array) return { type: DOUBLE, name: 'DOUBLE' };
  if (column instanceof Int32Array) return { type: INTEGER, name: 'INTEGER' };
  return { type: VARCHAR, name: 'VARCHAR' };
};
/** NaN in a column and an empty cell of a file are NULL. */
const cellOf = (value) => (value === '' || Number.isNaN(value) ? null : value);

/** Makes a table of columns held in memory. */
export async function load(connection, table, columns) {
  const names = Object.keys(columns);
  const types = names.map((name) => typeOf(columns[name]));
  const list = names.map((name, at) => `"${name}" ${types[at].name}`).join(', ');
  await connection.run(`CREATE TABLE ${table} (${list})`);
  const appender = await connection.createAppender(table);
  const { length } = columns[names[0]];
  for (let start = 0; start < length; start += chunkRows) {
    const chunk = DuckDBDataChunk.create(types.map(({ type }) => type));
    const end = Math.min(length, start + chunkRows);
    chunk.setColumns(names.map((name) => Array.from(columns[name].slice(start, end), cellOf)));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** The answer of a query whose columns are all numbers or yes and no; NULL is NaN. */
export async function numbersOf(connection, query, length) {
  const result = await connection.stream(query);
  const names = result.columnNames();
  const columns = names.map(() => new Float64Array(length).fill(Number.NaN));
  let row = 0;
  for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
    for (let c = 0; c < names.length; c++) {
      chunk.getColumnValues(c).forEach((value, i) => {
        if (value !== null) columns[c][row + i] = Number(value);
      });
    }
    row += chunk.rowCount;
  }
  if (row !== length) throw new Error(`expected ${length} rows of the database, got ${row}`);
  return Object.fromEntries(names.map((name, c) => [name, columns[c]]));
}
