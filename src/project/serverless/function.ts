import type { ServerlessFunction, ServerlessManifest } from '../../manifest/index.js';
import type { UnitDeclaration } from '../declaration.js';
import { artifactOf } from './artifact.js';
import { imageOf } from './image.js';
import { functionIncludes } from './include.js';
import { functionLayers } from './layer.js';
import { functionRequirements } from './requirements.js';
import { packagerRules } from './rules.js';
import { pythonRuntime } from './runtime.js';
import type { Surroundings } from './surroundings.js';

/**
 * The functions that are packaged. Left to the framework are functions of other languages, container
 * images, those whose packaging is disabled, and those with a zip of the user's own.
 */
export function declareFunctions(surroundings: Surroundings): readonly UnitDeclaration[] {
  return surroundings.manifest.functions.flatMap((one) => {
    return isPackaged(one) ? (declareFunction(one, surroundings) ?? []) : [];
  });
}

function isPackaged({ isImage, runtime, package: packaging }: ServerlessFunction): boolean {
  if (isImage || packaging.disable) return false;
  // Without any runtime the framework would take Node.js, which nobody means who packages Python.
  return runtime === undefined || /python/i.test(runtime.value);
}

function declareFunction(
  one: ServerlessFunction,
  surroundings: Surroundings,
): UnitDeclaration | undefined {
  const { manifest, report, tree } = surroundings;
  const { options } = manifest;
  const name = nameOf(one, manifest);
  const zip = artifactOf(name, one.package.artifact, surroundings);
  if (zip === 'own') return undefined;
  const runtime = pythonRuntime(one.runtime, report);
  const base = runtime && imageOf(options, runtime, one.architecture?.value ?? 'x86_64', report);
  const include = functionIncludes(one.package, surroundings);
  return {
    ...packagerRules(manifest),
    kind: 'function',
    name,
    key: one.key,
    at: one.name?.at ?? one.at,
    ...(runtime && { runtime }),
    ...(one.architecture && { architecture: one.architecture }),
    ...(base && { base }),
    requirements: functionRequirements(options, include, tree),
    include,
    ...(one.handler && { handler: one.handler }),
    layers: functionLayers(one, manifest),
    ...(zip && { zip }),
    refused: {
      runtime: one.runtime !== undefined,
      // What it includes and is not there has been told.
      content: include.length === 0 && one.package.include.length + one.package.patterns.length > 0,
    },
  };
}

/** The framework's own name for a function that gives none. */
function nameOf({ name, key }: ServerlessFunction, { service, stage }: ServerlessManifest): string {
  return name?.value ?? [service?.value ?? 'service', stage, key].join('-');
}
