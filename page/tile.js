import { formatShare, formatSize } from './figures.js';
import { shownChildren } from './nodes.js';
import { squarify } from './squarify.js';

/** @typedef {import('./nodes.js').PageNode} PageNode */
/** @typedef {import('./squarify.js').Rectangle} Rectangle */

/** Pixels of width from which on a title has a size. */
const SIZED = 130;
/** Pixels of a tile's own line, above the tiles inside it. */
const TITLE = 22;
/** Pixels from which on a tile has a title, and from which on something is drawn inside it. */
const READABLE = { width: 36, height: 16 };
const OPEN = { width: 60, height: 48 };
/** Tiles in each other that are drawn. */
const DEEPEST = 3;

/**
 * A tile: a button with its name, and what is inside it as a picture over it.
 * @param {PageNode} node
 * @param {Rectangle} place
 * @param {PageNode} parent
 */
export function drawTile(node, place, parent) {
  const item = document.createElement('li');
  put(item, place);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'tile';
  paint(button, node, parent);
  const share = formatShare(parent.size > 0 ? node.size / parent.size : 0);
  const more = node.children?.length ? ', zooms in' : '';
  button.append(title(node, place), text(`, ${share} of ${parent.name}${more}`, 'hidden'));
  item.append(button);
  const inside = drawInside(node, place, 1);
  if (inside !== undefined) {
    inside.setAttribute('aria-hidden', 'true');
    item.append(inside);
  }
  return item;
}

/**
 * What is inside a tile or a cell, as cells in each other where there is room; undefined where there
 * is none.
 * @param {PageNode} node
 * @param {Rectangle} place
 * @param {number} depth
 * @returns {HTMLElement | undefined}
 */
function drawInside(node, place, depth) {
  const children = shownChildren(node);
  if (depth > DEEPEST || children.length === 0) return undefined;
  if (place.width < OPEN.width || place.height < OPEN.height) return undefined;
  const inside = document.createElement('span');
  inside.className = 'inside';
  const room = { x: 2, y: TITLE, width: place.width - 6, height: place.height - TITLE - 4 };
  const places = squarify(
    children.map(({ size }) => size),
    room,
  );
  children.forEach((child, index) => {
    const at = places[index];
    if (at === undefined || at.width < 2 || at.height < 2) return;
    const cell = document.createElement('span');
    cell.className = 'cell';
    put(cell, at);
    paint(cell, child, node);
    // Others are a shade of what they lie in.
    if (child.color !== node.color && child.color !== 'rest') cell.classList.add('own-color');
    if (isReadable(at)) cell.append(title(child, at));
    const deeper = drawInside(child, at, depth + 1);
    if (deeper !== undefined) cell.append(deeper);
    inside.append(cell);
  });
  return inside;
}

/**
 * Name and size; what there is no room for can still be read aloud.
 * @param {PageNode} node
 * @param {Rectangle} place
 */
function title(node, place) {
  const line = document.createElement('span');
  line.className = isReadable(place) ? 'title' : 'hidden';
  const size = formatSize(node.size);
  line.append(
    text(node.name, 'name'),
    text(', ', 'hidden'),
    text(size, place.width >= SIZED ? 'size' : 'hidden'),
  );
  return line;
}

/** @param {Rectangle} place */
function isReadable({ width, height }) {
  return width >= READABLE.width && height >= READABLE.height;
}

/**
 * @param {string} content
 * @param {string} className
 */
function text(content, className) {
  const span = document.createElement('span');
  span.className = className;
  span.textContent = content;
  return span;
}

/**
 * @param {HTMLElement} box
 * @param {Rectangle} place
 */
function put(box, { x, y, width, height }) {
  box.style.left = `${x}px`;
  box.style.top = `${y}px`;
  box.style.width = `${Math.max(0, width)}px`;
  box.style.height = `${Math.max(0, height)}px`;
}

/**
 * @param {HTMLElement} box
 * @param {PageNode} node
 * @param {PageNode} parent
 */
function paint(box, node, parent) {
  box.dataset.color = node.color === 'rest' ? parent.color : node.color;
  if (node.inRuntime) box.classList.add('in-runtime');
}
