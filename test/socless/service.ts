import { type Content, newProject } from '../build/project.js';
import { pkgr, type Run, type RunOptions } from '../build/run.js';
import { readZip } from '../examples/zip.js';

/** A function of a service: its package, or more. */
export type FunctionPart = Readonly<Record<string, unknown>>;

/** A service whose functions are packaged; YAML takes JSON. */
export function serviceText(
  options: Readonly<Record<string, unknown>>,
  functions: Readonly<Record<string, FunctionPart>>,
  more: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({
    service: 'slack',
    provider: { name: 'aws', runtime: 'python3.11' },
    custom: { soclessPackager: { buildDir: '_build', ...options } },
    functions,
    ...more,
  });
}

/** A project with a serverless.yml and these files. */
export function newService(manifest: string, files: Readonly<Record<string, Content>>): string {
  return newProject({ ...files, 'serverless.yml': manifest });
}

export async function build(
  folder: string,
  arguments_: readonly string[] = [],
  options: RunOptions = {},
): Promise<Run> {
  return pkgr(folder, ['build', ...arguments_], options);
}

/** Names in a zip of the service, sorted, without bytecode. */
export async function namesIn(path: string): Promise<readonly string[]> {
  const entries = await readZip(path);
  const names = entries.map((entry) => entry.path);
  return names.filter((name) => !name.endsWith('.pyc')).sort();
}
