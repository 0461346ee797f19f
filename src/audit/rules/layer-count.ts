import type { Finding } from '../finding.js';
import { against, limits } from '../limits.js';
import type { Subject } from '../subject.js';
import { says } from '../words.js';

const hint = 'join layers into one, or pack what is in one of them with the function';

/** How many layers a function names against how many it can have. */
export function layerCount({ unit }: Subject): readonly Finding[] {
  const count = unit.layers.length;
  switch (against(count, limits.layers)) {
    case 'below':
      return [];
    case 'near': {
      const text = `${count} of the ${limits.layers} layers that Lambda takes`;
      return [{ code: 'near-limit', severity: 'warning', ...says('names', 'name', text), hint }];
    }
    case 'above': {
      const text = `${count} layers, more than the ${limits.layers} that Lambda takes`;
      return [{ code: 'too-many-layers', severity: 'error', ...says('names', 'name', text), hint }];
    }
  }
}
