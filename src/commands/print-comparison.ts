import type { BuiltTwice } from '../api/index.js';

/** What came of building twice, in a line; what differs has been said before. */
export function printComparison({ same, different }: BuiltTwice): string {
  const told = [
    ...(same.length > 0 ? [`${same.length} the same to the last byte`] : []),
    ...(different.length > 0 ? [`${different.length} different`] : []),
  ];
  return `built twice without the cache: ${told.join(', ') || 'nothing to compare'}`;
}

/** The same for another program. */
export function comparisonJson({ same, different }: BuiltTwice) {
  return {
    same,
    different: different.map(({ unit, first, others }) => ({
      kind: unit.kind,
      name: unit.name,
      path: unit.zip,
      first,
      others,
    })),
  };
}
