import { type Diagnostic, nearest } from '../../diagnostics/index.js';
import { isMapping } from '../pkgr/accepted.js';
import { fieldsOf } from './fields.js';
import type { ServerlessManifest } from './manifest.js';
import { readFunctions, readLayers, readPackage } from './read-functions.js';
import { readOptions } from './read-options.js';
import type { ServerlessService } from './service.js';

export interface ServerlessReading {
  /** Absent when nothing could be read; values that were refused are left out. */
  readonly manifest?: ServerlessManifest;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * From a resolved service to what decides its packaging. Keys that only the framework knows are
 * passed over: they are its own to check.
 */
export function readServerlessService(service: ServerlessService): ServerlessReading {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic);
  if (!isMapping(service.value)) {
    const message = `${service.file} declares no service`;
    const hint = 'begin with service: NAME, provider and functions';
    const at = service.locate([]);
    report({ code: 'empty-manifest', severity: 'error', message, at, hint });
    return { diagnostics };
  }
  const fields = fieldsOf(service, report);
  const options = readOptions(service, fields, report);
  const name = fields.text(['service']);
  const stage = service.stage ?? fields.text(['provider', 'stage'])?.value ?? 'dev';
  const functions = readFunctions(service, fields);
  const layers = readLayers(service, fields);
  if (functions.length + layers.length === 0) {
    const near = nearest('functions', Object.keys(service.value));
    const hint = near === undefined ? 'add functions' : `did you mean functions, not ${near}?`;
    const message = `${service.file} declares no functions`;
    report({ code: 'empty-manifest', severity: 'error', message, at: service.locate([]), hint });
  }
  if (options === undefined) return { diagnostics };
  const manifest: ServerlessManifest = {
    ...(name && { service: name }),
    stage,
    options,
    package: readPackage(['package'], fields),
    functions,
    layers,
  };
  return { manifest, diagnostics };
}
