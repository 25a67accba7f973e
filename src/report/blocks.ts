import { textTable } from './text-table.js';

/** A table of words: the first column to the left, the others to the right. */
export interface TableBlock {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Text that is laid out already. */
interface PlainBlock {
  readonly plain: string;
}

/** A report as paragraphs, tables and text laid out already, for a terminal or a notebook. */
export type Block = string | TableBlock | PlainBlock;

/** Blocks for a terminal: paragraphs in lines of at most so many letters, aligned tables. */
export function asText(blocks: readonly Block[], width = 100): string {
  return joined(blocks, {
    paragraph: (text) => wrapped(text, width),
    table: ({ header, rows }) => textTable(header, rows),
    plain: (text) => text,
  });
}

/** Blocks as Markdown. */
export function asMarkdown(blocks: readonly Block[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(plainMarkdown).join(' | ')} |`;
  return joined(blocks, {
    paragraph: plainMarkdown,
    table: ({ header, rows }) => {
      const rule = header.map((_, c) => (c === 0 ? ':--' : '--:'));
      return [line(header), line(rule), ...rows.map(line)].join('\n');
    },
    plain: (text) => `\`\`\`text\n${text}\n\`\`\``,
  });
}

/** Blocks as HTML without styles of its own but how cells are aligned. */
export function asHtml(blocks: readonly Block[]): string {
  const cells = (tag: string, row: readonly string[]) =>
    row
      .map(
        (text, c) =>
          `<${tag} style="text-align:${c === 0 ? 'left' : 'right'}">${escaped(text)}</${tag}>`,
      )
      .join('');
  return joined(blocks, {
    paragraph: (text) => `<p>${escaped(text)}</p>`,
    table: ({ header, rows }) => {
      const body = rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('');
      return `<table><thead><tr>${cells('th', header)}</tr></thead><tbody>${body}</tbody></table>`;
    },
    plain: (text) => `<pre>${escaped(text)}</pre>`,
  });
}

interface Writer {
  paragraph(text: string): string;
  table(block: TableBlock): string;
  plain(text: string): string;
}

function joined(blocks: readonly Block[], writer: Writer): string {
  return blocks
    .map((block) => {
      if (typeof block === 'string') return writer.paragraph(block);
      return 'plain' in block ? writer.plain(block.plain) : writer.table(block);
    })
    .join('\n\n');
}

/** Text that Markdown shows as it stands, in a table too; a notebook reads mathematics at a `$`. */
function plainMarkdown(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').replaceAll(/[\\`*_<>[\]&$|~#]/g, '\\$&');
}

/** Text that HTML shows as it stands. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Words in lines of at most so many letters. */
export function wrapped(text: string, width: number): string {
  return text
    .split(' ')
    .reduce<string[]>((lines, word) => {
      const last = lines.at(-1);
      return last !== undefined && last.length + 1 + word.length <= width
        ? [...lines.slice(0, -1), `${last} ${word}`]
        : [...lines, word];
    }, [])
    .join('\n');
}
