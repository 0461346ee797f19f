/**
 * Makes a table sort by the buttons in its header and show only rows that hold what is searched for.
 * Cells that are no text have their number in `data-value`.
 * @param {HTMLElement} section
 */
export function startTable(section) {
  const table = /** @type {HTMLTableElement} */ (section.querySelector('table'));
  const body = table.tBodies[0];
  const search = /** @type {HTMLInputElement} */ (section.querySelector('input[type=search]'));
  const count = /** @type {HTMLElement} */ (section.querySelector('[role=status]'));
  if (body === undefined) return;
  const rows = [...body.rows];
  const texts = rows.map((row) => (row.textContent ?? '').toLowerCase());

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    rows.forEach((row, index) => {
      row.hidden = !words.every((word) => texts[index]?.includes(word));
      if (!row.hidden) left += 1;
    });
    const { one = 'row', many = 'rows' } = section.dataset;
    const all = `${rows.length.toLocaleString('en-US')} ${rows.length === 1 ? one : many}`;
    count.textContent = words.length === 0 ? all : `${left.toLocaleString('en-US')} of ${all}`;
    if (section.dataset.marks === undefined) return;
    const found = new Set(rows.filter((row) => !row.hidden).map(({ id }) => id));
    const detail = words.length === 0 ? undefined : found;
    document.dispatchEvent(new CustomEvent('pkgr-search', { detail }));
  }

  /**
   * @param {HTMLTableCellElement} header
   * @param {number} column
   */
  function sort(header, column) {
    const isNumber = header.classList.contains('number');
    const before = header.getAttribute('aria-sort');
    // Numbers are looked at from the largest on, words from A on.
    const order =
      before === null
        ? isNumber
          ? 'descending'
          : 'ascending'
        : before === 'ascending'
          ? 'descending'
          : 'ascending';
    for (const other of table.querySelectorAll('th[aria-sort]')) other.removeAttribute('aria-sort');
    header.setAttribute('aria-sort', order);
    const direction = order === 'ascending' ? 1 : -1;
    const keyed = rows.map((row) => ({ row, key: keyOf(row.cells[column], isNumber) }));
    keyed.sort((one, other) => direction * compare(one.key, other.key));
    body?.append(...keyed.map(({ row }) => row));
  }

  [...table.querySelectorAll('thead th')].forEach((header, column) => {
    header.querySelector('button')?.addEventListener('click', () => {
      sort(/** @type {HTMLTableCellElement} */ (header), column);
    });
  });
  body.addEventListener('click', (event) => {
    const button =
      event.target instanceof Element ? event.target.closest('button[data-show]') : null;
    const detail = button?.getAttribute('data-show');
    if (detail) document.dispatchEvent(new CustomEvent('pkgr-show', { detail }));
  });
  search.addEventListener('input', filter);
  filter();
}

/**
 * @param {HTMLTableCellElement | undefined} cell
 * @param {boolean} isNumber
 */
function keyOf(cell, isNumber) {
  const text = cell?.dataset.value ?? cell?.textContent ?? '';
  return isNumber ? Number(text) : text.trim();
}

/**
 * @param {number | string} one
 * @param {number | string} other
 */
function compare(one, other) {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other), 'en', { numeric: true, sensitivity: 'base' });
}
