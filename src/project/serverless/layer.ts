import { type Diagnostic, nearest } from '../../diagnostics/index.js';
import type {
  ServerlessFunction,
  ServerlessLayer,
  ServerlessManifest,
} from '../../manifest/index.js';
import type { LayerDeclaration, UnitDeclaration } from '../declaration.js';
import { artifactOf } from './artifact.js';
import { imageOf } from './image.js';
import { layerIncludes } from './include.js';
import { requirementsIn } from './requirements.js';
import { packagerRules } from './rules.js';
import { pythonRuntime } from './runtime.js';
import type { Surroundings } from './surroundings.js';

/**
 * Layers of the service that packageLayers asks for, and that have a path: what is in the folder lies
 * in the layer as it is, and what a requirements file in it names is installed to python/.
 */
export function declareLayers(surroundings: Surroundings): readonly UnitDeclaration[] {
  const { manifest, report } = surroundings;
  for (const problem of unknownLayers(manifest)) report(problem);
  return packagedLayers(manifest).flatMap((layer) => declareLayer(layer, surroundings) ?? []);
}

/** What a function's `layers` are called for Lambda's sake: a unit, or something that is elsewhere. */
export function functionLayers(
  { layers }: ServerlessFunction,
  manifest: ServerlessManifest,
): readonly LayerDeclaration[] {
  const packaged = new Set(packagedLayers(manifest).map(({ key }) => key));
  return layers.map((use): LayerDeclaration => {
    if (use.kind === 'arn') return { kind: 'external', ...use.arn };
    if (use.kind === 'unknown') return { kind: 'external', value: use.shown, at: use.at };
    const { value, at } = use.layer;
    if (packaged.has(value)) return use.layer;
    return { kind: 'external', value: `layer ${value} of the service`, at };
  });
}

function packagedLayers({ layers, options }: ServerlessManifest): readonly ServerlessLayer[] {
  const { packageLayers: wanted } = options;
  return layers.filter(({ key, path, package: { artifact } }) => {
    if (path === undefined || artifact !== undefined) return false;
    return typeof wanted === 'boolean' ? wanted : wanted.some(({ value }) => value === key);
  });
}

function declareLayer(
  layer: ServerlessLayer,
  surroundings: Surroundings,
): UnitDeclaration | undefined {
  const { manifest, report, tree } = surroundings;
  const { key, path } = layer;
  if (path === undefined) return undefined;
  const zip = artifactOf(key, layer.package.artifact, surroundings);
  if (zip === 'own') return undefined;
  const runtime = pythonRuntime(layer.runtime, report);
  const base =
    runtime && imageOf(manifest.options, runtime, layer.architecture?.value ?? 'x86_64', report);
  const include = layerIncludes(path, layer.package, surroundings);
  return {
    ...packagerRules(manifest),
    kind: 'layer',
    name: key,
    at: layer.at,
    ...(runtime && { runtime }),
    ...(layer.architecture && { architecture: layer.architecture }),
    ...(base && { base }),
    requirements: requirementsIn(manifest.options, include, tree),
    include,
    ...(zip && { zip }),
    refused: { runtime: layer.runtime !== undefined, content: false },
  };
}

function unknownLayers({ options, layers }: ServerlessManifest): readonly Diagnostic[] {
  const { packageLayers } = options;
  if (typeof packageLayers === 'boolean') return [];
  const names = layers.map(({ key }) => key);
  return packageLayers
    .filter(({ value }) => !names.includes(value))
    .map(({ value, at }): Diagnostic => {
      const near = nearest(value, names);
      const declared =
        names.length === 0 ? 'the service has no layers' : `the layers are ${names.join(', ')}`;
      return {
        code: 'unknown-layer',
        severity: 'error',
        message: `packageLayers names ${JSON.stringify(value)}, which is no layer of the service`,
        at,
        hint: near === undefined ? declared : `did you mean ${near}?`,
      };
    });
}
