import { isMapping } from '../pkgr/accepted.js';
import { architectures } from '../pkgr/values.js';
import type { DocumentPath, Located } from '../source.js';
import type { Fields } from './fields.js';
import type {
  ServerlessFunction,
  ServerlessLayer,
  ServerlessLayerUse,
  ServerlessPackage,
} from './manifest.js';
import type { ServerlessService } from './service.js';

/** Functions in the order of the file; `functions` may be a mapping or a list of mappings. */
export function readFunctions(
  service: ServerlessService,
  fields: Fields,
): readonly ServerlessFunction[] {
  return entriesOf(['functions'], fields).map(([key, path]) => {
    const below = (...more: DocumentPath) => [...path, ...more];
    const name = fields.text(below('name'));
    const isImage = fields.value(below('image')) !== undefined;
    const runtime = fields.text(below('runtime')) ?? fields.text(['provider', 'runtime']);
    const handler = isImage ? undefined : fields.text(below('handler'));
    const architecture =
      architectureAt(below('architecture'), fields) ??
      architectureAt(['provider', 'architecture'], fields);
    return {
      key,
      at: service.locateKey(path),
      ...(name && { name }),
      ...(runtime && { runtime }),
      ...(architecture && { architecture }),
      ...(handler && { handler }),
      isImage,
      package: readPackage(below('package'), fields),
      layers: layerUses(service, fields, below('layers')),
    };
  });
}

/** `layers` of the service. */
export function readLayers(service: ServerlessService, fields: Fields): readonly ServerlessLayer[] {
  return entriesOf(['layers'], fields).map(([key, path]) => {
    const below = (...more: DocumentPath) => [...path, ...more];
    const layerPath = fields.text(below('path'));
    const runtimes = fields.texts(below('compatibleRuntimes'));
    const runtime =
      runtimes.find(({ value }) => /python/i.test(value)) ??
      runtimes[0] ??
      fields.text(['provider', 'runtime']);
    const architecture =
      architectureAt(below('compatibleArchitectures', 0), fields) ??
      architectureAt(['provider', 'architecture'], fields);
    return {
      key,
      at: service.locateKey(path),
      ...(layerPath && { path: layerPath }),
      ...(runtime && { runtime }),
      ...(architecture && { architecture }),
      package: readPackage(below('package'), fields),
    };
  });
}

/** `package` of the service, of a function or of a layer. */
export function readPackage(path: DocumentPath, fields: Fields): ServerlessPackage {
  if (fields.mapping(path) === undefined) {
    return { include: [], exclude: [], patterns: [], disable: false };
  }
  const artifact = fields.text([...path, 'artifact']);
  return {
    include: fields.texts([...path, 'include']),
    exclude: fields.texts([...path, 'exclude']),
    patterns: fields.texts([...path, 'patterns']),
    ...(artifact && { artifact }),
    disable: fields.value([...path, 'disable']) === true,
  };
}

/** Keys and places; a null is nothing, as in the framework. */
function entriesOf(
  path: DocumentPath,
  fields: Fields,
): readonly (readonly [key: string, path: DocumentPath])[] {
  const value = fields.value(path);
  if (Array.isArray(value)) return value.flatMap((_, index) => entriesOf([...path, index], fields));
  return Object.keys(fields.mapping(path) ?? {}).flatMap((key) => {
    const one = [...path, key];
    return fields.mapping(one) === undefined ? [] : [[key, one] as const];
  });
}

function architectureAt(path: DocumentPath, fields: Fields) {
  const found = fields.text(path);
  if (found === undefined) return undefined;
  const value = architectures.find((one) => one === found.value);
  if (value !== undefined) return { value, at: found.at };
  fields.refuse(
    'invalid-value',
    `${JSON.stringify(found.value)} is not an architecture of Lambda`,
    path,
    'write x86_64 or arm64',
  );
  return undefined;
}

/** A function's layers, or the provider's where it names none, as in the framework. */
function layerUses(
  service: ServerlessService,
  fields: Fields,
  path: DocumentPath,
): readonly ServerlessLayerUse[] {
  const from = fields.value(path) === undefined ? ['provider', 'layers'] : path;
  const uses = fields.value(from);
  if (!Array.isArray(uses)) return [];
  const names = entriesOf(['layers'], fields).map(([key]) => key);
  return uses.map((use: unknown, index): ServerlessLayerUse => {
    const place = [...from, index];
    const at = service.locate(place);
    const shown = typeof use === 'string' ? use : JSON.stringify(use);
    if (service.unresolved(place).length > 0) return { kind: 'unknown', shown, at };
    if (typeof use === 'string') return { kind: 'arn', arn: { value: use, at } };
    const name = isMapping(use) && typeof use.Ref === 'string' ? use.Ref : undefined;
    const layer = names.find((key) => logicalIdOf(key) === name);
    if (layer === undefined) return { kind: 'unknown', shown, at };
    return { kind: 'service', layer: { value: layer, at } satisfies Located<string> };
  });
}

/**
 * What CloudFormation calls a layer of the service.
 * @see https://www.serverless.com/framework/docs/providers/aws/guide/layers
 */
export function logicalIdOf(layer: string): string {
  const normal = `${layer.charAt(0).toUpperCase()}${layer.slice(1)}`
    .replaceAll('-', 'Dash')
    .replaceAll('_', 'Underscore');
  return `${normal}LambdaLayer`;
}
