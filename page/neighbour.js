/** @typedef {import('./squarify.js').Rectangle} Rectangle */
/** @typedef {'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'} Arrow */

/**
 * The rectangle that an arrow key leads to: the nearest one on that side. Where there is none, the
 * next or the one before in order of size, so that every rectangle can be reached.
 * @param {readonly Rectangle[]} rectangles
 * @param {number} from Index of the one that has the focus.
 * @param {Arrow} arrow
 * @returns {number}
 */
export function neighbour(rectangles, from, arrow) {
  const here = rectangles[from];
  if (here === undefined) return 0;
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  rectangles.forEach((there, index) => {
    if (index === from) return;
    const distance = distanceTo(here, there, arrow);
    if (distance < least) {
      best = index;
      least = distance;
    }
  });
  if (best >= 0) return best;
  const step = arrow === 'ArrowRight' || arrow === 'ArrowDown' ? 1 : -1;
  return (from + step + rectangles.length) % rectangles.length;
}

/**
 * Pixels to another rectangle, infinite when it does not lie on that side; being beside counts more
 * than being near.
 * @param {Rectangle} here
 * @param {Rectangle} there
 * @param {Arrow} arrow
 */
function distanceTo(here, there, arrow) {
  const isAcross = arrow === 'ArrowLeft' || arrow === 'ArrowRight';
  const [nearEdge, farEdge] = {
    ArrowLeft: [here.x, there.x + there.width],
    ArrowRight: [there.x, here.x + here.width],
    ArrowUp: [here.y, there.y + there.height],
    ArrowDown: [there.y, here.y + here.height],
  }[arrow];
  const gap = (nearEdge ?? 0) - (farEdge ?? 0);
  if (gap < -0.5) return Number.POSITIVE_INFINITY;
  const middle = isAcross ? here.y + here.height / 2 : here.x + here.width / 2;
  const start = isAcross ? there.y : there.x;
  const end = start + (isAcross ? there.height : there.width);
  const aside = Math.max(start - middle, middle - end, 0);
  return gap + 2 * aside;
}
