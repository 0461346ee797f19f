import { type Diagnostic, nearest } from '../diagnostics/index.js';
import type { LayerDeclaration, UnitDeclaration } from './declaration.js';
import type { UnitLayer } from './unit.js';

/**
 * Finds the layers that functions name among the units of the manifest; what is an ARN is elsewhere.
 * A name that no layer has, and a layer that one function names twice, are reported.
 */
export function layerResolver(
  units: readonly UnitDeclaration[],
  report: (diagnostic: Diagnostic) => void,
): (unit: UnitDeclaration) => readonly UnitLayer[] {
  const kinds = new Map(units.map(({ name, kind }) => [name, kind]));
  return ({ name: user, layers = [] }) => {
    const seen = new Set<string>();
    return layers.flatMap((layer): readonly UnitLayer[] => {
      const { value, at } = layer;
      const isExternal = layer.kind === 'external' || value.startsWith('arn:');
      const problem =
        (seen.has(value) && namedTwice(user, layer)) ||
        (!isExternal && kinds.get(value) !== 'layer' && unknownLayer(user, layer, kinds));
      seen.add(value);
      if (problem) report({ code: 'unknown-layer', severity: 'error', at, ...problem });
      if (problem) return [];
      return [isExternal ? { kind: 'external', arn: value } : { kind: 'unit', name: value }];
    });
  };
}

type Problem = Pick<Diagnostic, 'message' | 'hint'>;

function unknownLayer(
  user: string,
  { value }: LayerDeclaration,
  kinds: ReadonlyMap<string, UnitDeclaration['kind']>,
): Problem {
  const of = `function ${JSON.stringify(user)}`;
  if (kinds.has(value)) {
    const hint = 'move it below layers:, or name a layer';
    return {
      message: `${of} names ${JSON.stringify(value)}, which is a function, as its layer`,
      hint,
    };
  }
  const layers = [...kinds].flatMap(([name, kind]) => (kind === 'layer' ? name : []));
  const near = nearest(value, layers);
  const declared =
    layers.length === 0
      ? 'declare it below layers:'
      : `the layers are ${layers.slice(0, 10).join(', ')}${layers.length > 10 ? ', ...' : ''}`;
  return {
    message: `${of} names the layer ${JSON.stringify(value)}, which the manifest does not declare`,
    hint: near === undefined ? declared : `did you mean ${near}?`,
  };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html */
function namedTwice(user: string, { value }: LayerDeclaration): Problem {
  return {
    message: `function ${JSON.stringify(user)} names the layer ${JSON.stringify(value)} twice`,
    hint: 'name it once; Lambda refuses a function that has a layer twice',
  };
}
