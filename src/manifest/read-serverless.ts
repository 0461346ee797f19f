import type { Diagnostic } from '../diagnostics/index.js';
import type { ServerlessReading, ServerlessService, VariableInputs } from './serverless/index.js';
import type { SourceDocument } from './source.js';

/** From a resolved service to its typed form; the schema of its options is loaded only here. */
export async function readServerless(service: ServerlessService): Promise<ServerlessReading> {
  const { readServerlessService } = await import('./serverless/index.js');
  return readServerlessService(service);
}

/**
 * From the document of a serverless.yml to its typed form.
 * @param root the folder of the service, in which files are that variables name
 */
export async function readServerlessManifest(
  document: SourceDocument,
  root: string,
  inputs: VariableInputs,
): Promise<ServerlessReading> {
  const { readServerlessService, serviceOf } = await import('./serverless/index.js');
  const diagnostics: Diagnostic[] = [];
  const service = serviceOf(
    document,
    root,
    inputs,
    (diagnostic) => void diagnostics.push(diagnostic),
  );
  const reading = readServerlessService(service);
  return { ...reading, diagnostics: [...diagnostics, ...reading.diagnostics] };
}
