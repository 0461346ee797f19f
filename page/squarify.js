/**
 * A rectangle in pixels.
 * @typedef {{ x: number, y: number, width: number, height: number }} Rectangle
 */

/**
 * Parts a rectangle among sizes, so that areas are as sizes are and parts are near to squares
 * (Bruls, Huizing and van Wijk, "Squarified Treemaps", 2000). The layout is made in the reader's
 * window, because it depends on the window's shape.
 * @param {readonly number[]} sizes The largest first; none below 0.
 * @param {Rectangle} whole
 * @returns {Rectangle[]} In the order of the sizes.
 */
export function squarify(sizes, whole) {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const scale = total > 0 ? (whole.width * whole.height) / total : 0;
  const areas = sizes.map((size) => size * scale);
  /** @type {Rectangle[]} */
  const placed = [];
  let rest = { ...whole };
  for (let start = 0; start < areas.length; ) {
    const side = Math.min(rest.width, rest.height);
    let end = start + 1;
    let sum = areas[start] ?? 0;
    while (end < areas.length) {
      const next = areas[end] ?? 0;
      const worstNow = worst(areas[start] ?? 0, areas[end - 1] ?? 0, sum, side);
      if (worst(areas[start] ?? 0, next, sum + next, side) > worstNow) break;
      sum += next;
      end += 1;
    }
    rest = placeRow(areas.slice(start, end), sum, rest, placed);
    start = end;
  }
  return placed;
}

/**
 * The longest side by the shortest, of the worst part in a row.
 * @param {number} largest
 * @param {number} smallest
 * @param {number} sum Of the row.
 * @param {number} side That the row lies along.
 */
function worst(largest, smallest, sum, side) {
  if (sum === 0 || side === 0) return 1;
  const depth = sum / side;
  return Math.max(
    (side * largest) / (sum * depth),
    smallest === 0 ? 1 : (sum * depth) / (side * smallest),
  );
}

/**
 * @param {readonly number[]} areas
 * @param {number} sum
 * @param {Rectangle} rest
 * @param {Rectangle[]} placed
 * @returns {Rectangle} What is left.
 */
function placeRow(areas, sum, rest, placed) {
  const { x, y, width, height } = rest;
  const isColumn = width >= height;
  const side = isColumn ? height : width;
  const depth = side > 0 ? Math.min(sum / side, isColumn ? width : height) : 0;
  let at = 0;
  for (const area of areas) {
    const length = sum > 0 ? (area / sum) * side : 0;
    placed.push(
      isColumn
        ? { x, y: y + at, width: depth, height: length }
        : { x: x + at, y, width: length, height: depth },
    );
    at += length;
  }
  return isColumn
    ? { x: x + depth, y, width: width - depth, height }
    : { x, y: y + depth, width, height: height - depth };
}
