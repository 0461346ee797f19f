import { type Html, html } from './html.js';

export interface Cell {
  readonly content: Html;
  /** What it is sorted by, where that is not the text it shows. */
  readonly value?: string | number;
}

export interface SearchableTable {
  readonly id: string;
  readonly title: string;
  /** Label of the search. */
  readonly search: string;
  /** What a row is, one and many. */
  readonly noun: readonly [one: string, many: string];
  /** Whether what is found is marked in the treemap. */
  readonly marks: boolean;
  readonly columns: readonly {
    readonly title: string;
    readonly kind: 'text' | 'number';
    readonly sort: 'none' | 'ascending' | 'descending';
  }[];
  readonly rows: readonly { readonly id: string; readonly cells: readonly Cell[] }[];
}

export function text(content: string | Html, value?: string): Cell {
  const cell = typeof content === 'string' ? html`${content}` : content;
  return value === undefined ? { content: cell } : { content: cell, value };
}

export function number(value: number, content: string | Html): Cell {
  return { content: typeof content === 'string' ? html`${content}` : content, value };
}

/**
 * A table that page/table.js makes sort and search. Roles are written out, because in a narrow window
 * rows are laid out as blocks and browsers then forget that they are rows.
 */
export function searchableTable(table: SearchableTable): Html {
  const { id, title, search, noun, marks, columns, rows } = table;
  const headers = columns.map(({ title: column, kind, sort }) => {
    const order = sort === 'none' ? html`` : html` aria-sort="${sort}"`;
    return html`<th role="columnheader" scope="col" class="${kind}"${order}><button type="button">${column}</button></th>`;
  });
  return html`
<section class="searchable" id="${id}" aria-labelledby="${id}-title" data-one="${noun[0]}" data-many="${noun[1]}"${marks ? html` data-marks` : html``}>
  <div class="bar-above">
    <h2 id="${id}-title">${title}</h2>
    <label for="${id}-search">${search}</label>
    <input type="search" id="${id}-search" autocomplete="off" spellcheck="false">
    <p role="status" class="count"></p>
  </div>
  <table role="table" aria-labelledby="${id}-title">
    <thead role="rowgroup"><tr role="row">${headers}</tr></thead>
    <tbody role="rowgroup">
${rows.map((row) => tableRow(row, columns))}
    </tbody>
  </table>
</section>`;
}

function tableRow(
  { id, cells }: SearchableTable['rows'][number],
  columns: SearchableTable['columns'],
) {
  const rendered = cells.map(({ content, value }, index) => {
    const { title = '', kind = 'text' } = columns[index] ?? {};
    const sorted = value === undefined ? html`` : html` data-value="${value}"`;
    const role = index === 0 ? html`th role="rowheader" scope="row"` : html`td role="cell"`;
    const end = index === 0 ? html`</th>` : html`</td>`;
    return html`<${role} class="${kind}" data-title="${title}"${sorted}>${content}${end}`;
  });
  return html`<tr role="row" id="${id}">${rendered}</tr>
`;
}
