/**
 * Something that has a size: all zips, a zip, a package, a folder, a file.
 * @typedef {object} PageNode
 * @property {string} name
 * @property {string} color Of its tile: `unit`, `library`, ..., or a number of the palette.
 * @property {number} size Bytes when unpacked.
 * @property {number} zipped
 * @property {number} files
 * @property {string} [row] Id of its row in the table.
 * @property {string} [about] A sentence more about it.
 * @property {boolean} [inRuntime]
 * @property {PageNode[]} [children] The largest first.
 */

/** Parts of a picture below which tiles are too small to be seen; they are put together. */
const SMALLEST = 0.0015;

/**
 * What is shown of a node: its children, the tail of them as one that can be zoomed into.
 * @param {PageNode} node
 * @returns {PageNode[]}
 */
export function shownChildren({ size, children = [] }) {
  const first = children.findIndex((child) => child.size < size * SMALLEST);
  const tail = first < 0 ? [] : children.slice(first);
  if (tail.length < 4 || first < 1) return children;
  const sum = (/** @type {'size' | 'zipped' | 'files'} */ key) =>
    tail.reduce((total, child) => total + child[key], 0);
  const name = `${tail.length} smaller`;
  const rest = {
    name,
    color: 'rest',
    size: sum('size'),
    zipped: sum('zipped'),
    files: sum('files'),
  };
  return [...children.slice(0, first), { ...rest, children: tail }];
}

/**
 * The way from a node to the one with a row of the table; undefined when there is none below it.
 * @param {PageNode} node
 * @param {string} row
 * @returns {PageNode[] | undefined}
 */
export function wayTo(node, row) {
  if (node.row === row) return [node];
  for (const child of node.children ?? []) {
    const way = wayTo(child, row);
    if (way !== undefined) return [node, ...way];
  }
  return undefined;
}
