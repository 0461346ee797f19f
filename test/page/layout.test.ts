import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as shown from '../../page/figures.js';
import { neighbour } from '../../page/neighbour.js';
import { shownChildren, wayTo } from '../../page/nodes.js';
import { squarify } from '../../page/squarify.js';
import { formatCount, formatShare, formatSize } from '../../src/commands/figures.js';

const sizes = fc
  .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 60 })
  .map((list) => list.toSorted((one, other) => other - one));
const whole = { x: 3, y: 5, width: 640, height: 410 };

test('areas are as sizes are, inside the whole, and none lies on another', () => {
  fc.assert(
    fc.property(sizes, (list) => {
      const places = squarify(list, whole);
      expect(places).toHaveLength(list.length);
      const total = list.reduce((sum, size) => sum + size, 0);
      if (total === 0) return;
      places.forEach(({ x, y, width, height }, index) => {
        const wanted = ((list[index] ?? 0) / total) * whole.width * whole.height;
        expect(Math.abs(width * height - wanted)).toBeLessThan(0.01);
        expect(x).toBeGreaterThanOrEqual(whole.x - 1e-6);
        expect(y).toBeGreaterThanOrEqual(whole.y - 1e-6);
        expect(x + width).toBeLessThanOrEqual(whole.x + whole.width + 1e-6);
        expect(y + height).toBeLessThanOrEqual(whole.y + whole.height + 1e-6);
        for (const other of places.slice(index + 1)) {
          const across = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
          const down = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
          expect(Math.min(across, down)).toBeLessThan(1e-6);
        }
      });
    }),
    { numRuns: 100 },
  );
});

test('tiles are near to squares', () => {
  const places = squarify([6, 6, 4, 3, 2, 2, 1], { x: 0, y: 0, width: 6, height: 4 });
  const worst = Math.max(
    ...places.map(({ width, height }) => Math.max(width / height, height / width)),
  );
  expect(worst).toBeLessThan(3);
});

test('arrow keys reach every tile from the first', () => {
  const arrows = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const;
  fc.assert(
    fc.property(sizes, (list) => {
      const places = squarify(list, whole);
      const reached = new Set([0]);
      for (const index of reached) {
        for (const arrow of arrows) reached.add(neighbour(places, index, arrow));
      }
      const visible = places.flatMap(({ width, height }, index) =>
        width > 1 && height > 1 ? index : [],
      );
      expect(visible.filter((index) => !reached.has(index))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('what is too small to be seen is put together, and nothing is lost', () => {
  const child = (size: number) => ({ name: 'x', color: '0', size, zipped: 1, files: 1 });
  const children = [child(10_000), child(5000), ...Array.from({ length: 9 }, () => child(2))];
  const node = { name: 'all', color: 'unit', size: 15_018, zipped: 11, files: 11, children };
  const parts = shownChildren(node);
  expect(parts.map(({ name, size, files }) => [name, size, files])).toEqual([
    ['x', 10_000, 1],
    ['x', 5000, 1],
    ['9 smaller', 18, 9],
  ]);
  expect(parts[2]?.children).toHaveLength(9);
  expect(shownChildren({ ...node, children: children.slice(2) })).toHaveLength(9);
  const deep = { ...node, children: [{ ...child(3), row: 'row-0-1' }] };
  expect(wayTo(deep, 'row-0-1')).toHaveLength(2);
  expect(wayTo(deep, 'row-9-9')).toBeUndefined();
});

test('figures in the page are those of the command line', () => {
  for (const bytes of [0, 999, 1000, 999_949, 1_000_000, 262_144_000]) {
    expect(shown.formatSize(bytes)).toBe(formatSize(bytes));
  }
  for (const share of [0, 0.0001, 0.004, 0.0999, 0.5, 1]) {
    expect(shown.formatShare(share)).toBe(formatShare(share));
  }
  expect(shown.formatCount(1, 'file')).toBe(formatCount(1, 'file'));
  expect(shown.formatCount(1234, 'file')).toBe(formatCount(1234, 'file'));
});
