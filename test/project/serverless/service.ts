import { formatDiagnostics } from '../../../src/diagnostics/index.js';
import { type LoadedProject, loadService, type Project } from '../../../src/project/index.js';
import { type Sample, sampleProject, today } from '../sample-project.js';

/** A service as the framework has it, of which tests change parts. */
export interface Service {
  readonly options?: unknown;
  readonly functions?: unknown;
  readonly [key: string]: unknown;
}

/** Some code, and requirements of a function and of all. */
export const code: Readonly<Record<string, Sample>> = {
  'functions/hello/lambda.py': 'def handler(event, context): pass\n',
  'functions/hello/requirements.txt': 'six\n',
  'functions/requirements.txt': 'idna\n',
  'common_files/helpers.py': '',
};

export const hello = {
  name: 'hello',
  handler: 'lambda.handler',
  package: { include: ['functions/hello'] },
};

/** What the framework would hand over. */
export function serviceOf({ options, functions, ...rest }: Service): Record<string, unknown> {
  return {
    service: 'slack',
    provider: { name: 'aws', runtime: 'python3.13', stage: 'dev' },
    custom: { soclessPackager: options ?? { buildDir: '_build' } },
    functions: functions ?? { hello },
    ...rest,
  };
}

export async function load(
  service: Service,
  files: Readonly<Record<string, Sample>> = code,
): Promise<LoadedProject> {
  const cwd = sampleProject(files);
  return loadService({ cwd, file: 'serverless.ts', value: serviceOf(service), today });
}

/** The project of a service that has no error. */
export async function projectOf(
  service: Service,
  files?: Readonly<Record<string, Sample>>,
): Promise<Project> {
  const { project, diagnostics } = await load(service, files);
  if (project === undefined) throw new Error(formatDiagnostics(diagnostics));
  return project;
}

/** All that is told, a line each, without the place, which is the file alone here. */
export async function told(
  service: Service,
  files?: Readonly<Record<string, Sample>>,
): Promise<readonly string[]> {
  const { diagnostics } = await load(service, files);
  return formatDiagnostics(diagnostics).replaceAll('serverless.ts:1:1: ', '').split('\n');
}
