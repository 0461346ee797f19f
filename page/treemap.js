import { formatCount, formatShare, formatSize } from './figures.js';
import { neighbour } from './neighbour.js';
import { shownChildren, wayTo } from './nodes.js';
import { squarify } from './squarify.js';
import { drawTile } from './tile.js';

/** @typedef {import('./nodes.js').PageNode} PageNode */
/** @typedef {import('./squarify.js').Rectangle} Rectangle */

/**
 * Draws the treemap: tiles are buttons in a list, so that they can be walked and read like one.
 * Arrows move, Enter zooms in, Escape zooms out.
 * @param {PageNode} root
 */
export function startTreemap(root) {
  element('needs-script').remove();
  const list = element('tiles');
  const trailList = element('trail');
  const details = element('details');
  const status = element('treemap-status');
  /** From the whole to what is shown now. @type {PageNode[]} */
  let trail = [root];
  /** @type {PageNode[]} */
  let shown = [];
  /** @type {Rectangle[]} */
  let places = [];
  /** @type {ReadonlySet<string> | undefined} */
  let found;

  const current = () => trail.at(-1) ?? root;
  const tiles = () => /** @type {HTMLButtonElement[]} */ ([...list.querySelectorAll('button')]);

  /** @param {number} index */
  function focusTile(index) {
    tiles().forEach((tile, at) => {
      tile.tabIndex = at === index ? 0 : -1;
      if (at === index) tile.focus();
    });
  }

  function draw() {
    const { width, height } = list.getBoundingClientRect();
    shown = shownChildren(current());
    places = squarify(
      shown.map(({ size }) => size),
      { x: 0, y: 0, width, height },
    );
    const items = shown.map((node, index) => {
      const tile = drawTile(node, places[index] ?? { x: 0, y: 0, width: 0, height: 0 }, current());
      const button = /** @type {HTMLButtonElement} */ (tile.firstElementChild);
      button.tabIndex = index === 0 ? 0 : -1;
      button.addEventListener('click', () => open(node));
      button.addEventListener('keydown', (event) => onKey(event, index));
      const tell = () => (details.textContent = describe(node, current()));
      button.addEventListener('focus', tell);
      button.addEventListener('pointerenter', tell);
      return tile;
    });
    list.replaceChildren(...items);
    list.setAttribute('aria-label', `Parts of ${current().name}`);
    trailList.replaceChildren(...trail.map((node, index) => crumb(node, index)));
    details.textContent = describe(current(), root);
    markFound();
  }

  /** @param {PageNode} node */
  function open(node) {
    if (!node.children?.length) {
      status.textContent = describe(node, current());
      return;
    }
    zoom([...trail, node], 0);
  }

  function close() {
    const last = trail.at(-1);
    if (last === undefined || trail.length === 1) return;
    zoom(trail.slice(0, -1), (nodes) => nodes.findIndex(({ name }) => name === last.name));
  }

  /**
   * @param {PageNode[]} to
   * @param {number | ((shown: PageNode[]) => number)} focus
   */
  function zoom(to, focus) {
    trail = to;
    draw();
    focusTile(Math.max(0, typeof focus === 'number' ? focus : focus(shown)));
    const parts = formatCount(shown.length, 'part');
    status.textContent = `${describe(current(), root)} ${parts}.`;
  }

  /**
   * @param {KeyboardEvent} event
   * @param {number} index
   */
  function onKey(event, index) {
    const { key } = event;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (key === 'Escape' || key === 'Backspace') close();
    else if (key === 'Home') focusTile(0);
    else if (key === 'End') focusTile(shown.length - 1);
    else if (
      key === 'ArrowLeft' ||
      key === 'ArrowRight' ||
      key === 'ArrowUp' ||
      key === 'ArrowDown'
    ) {
      focusTile(neighbour(places, index, key));
    } else return;
    event.preventDefault();
  }

  /**
   * @param {PageNode} node
   * @param {number} index
   */
  function crumb(node, index) {
    const item = document.createElement('li');
    if (index === trail.length - 1) {
      item.textContent = node.name;
      item.setAttribute('aria-current', 'true');
      return item;
    }
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'crumb';
    button.textContent = node.name;
    button.addEventListener('click', () => zoom(trail.slice(0, index + 1), 0));
    item.append(button);
    return item;
  }

  /** What a search leaves out is faint. */
  function markFound() {
    tiles().forEach((tile, index) => {
      const node = shown[index];
      const isLeftOut = found !== undefined && node !== undefined && !leadsToAny(node, found);
      tile.classList.toggle('faint', isLeftOut && trail.every(({ row }) => row === undefined));
    });
  }

  document.addEventListener('pkgr-search', (event) => {
    found = (event instanceof CustomEvent ? event.detail : null) ?? undefined;
    markFound();
  });
  document.addEventListener('pkgr-show', (event) => {
    const way = event instanceof CustomEvent ? wayTo(root, String(event.detail)) : undefined;
    if (way === undefined) return;
    zoom(way, 0);
    element('treemap').scrollIntoView({ block: 'nearest' });
  });
  let drawnWidth = 0;
  new ResizeObserver(() => {
    const { width } = list.getBoundingClientRect();
    if (width === drawnWidth) return;
    drawnWidth = width;
    const active = document.activeElement;
    const focused = active instanceof HTMLButtonElement ? tiles().indexOf(active) : -1;
    draw();
    if (focused >= 0) focusTile(focused);
  }).observe(list);
}

/**
 * @param {PageNode} node
 * @param {ReadonlySet<string>} rows
 * @returns {boolean}
 */
function leadsToAny({ row, children = [] }, rows) {
  return row === undefined ? children.some((child) => leadsToAny(child, rows)) : rows.has(row);
}

/**
 * @param {PageNode} node
 * @param {PageNode} parent
 */
function describe(node, parent) {
  const share =
    node === parent || parent.size === 0
      ? ''
      : ` (${formatShare(node.size / parent.size)} of ${parent.name})`;
  const files =
    node.files > 1 || node.children?.length ? `, ${formatCount(node.files, 'file')}` : '';
  const sizes = `${formatSize(node.size)} unzipped${share}, ${formatSize(node.zipped)} zipped${files}`;
  return `${node.name}: ${sizes}.${node.about ? ` ${node.about}` : ''}`;
}

/** @param {string} id */
function element(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
}
