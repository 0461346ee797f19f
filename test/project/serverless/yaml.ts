import { formatDiagnostics } from '../../../src/diagnostics/index.js';
import { loadProject, type Project } from '../../../src/project/index.js';
import { type Sample, sampleProject, today } from '../sample-project.js';
import { code } from './service.js';

/** What the command line may add. */
export interface Given {
  readonly stage?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

function inputsOf({ stage, options = {}, environment = {} }: Given) {
  return { ...(stage !== undefined && { stage }), options, params: {}, environment };
}

/** The project of a serverless.yml that has no error. */
export async function projectOfYaml(
  manifest: string,
  files: Readonly<Record<string, Sample>> = code,
  given: Given = {},
): Promise<Project> {
  const cwd = sampleProject({ ...files, 'serverless.yml': manifest });
  const { project, diagnostics } = await loadProject({ cwd, today, inputs: inputsOf(given) });
  if (project === undefined) throw new Error(formatDiagnostics(diagnostics));
  return project;
}

/** All that is told of a serverless.yml, a line each. */
export async function toldOfYaml(
  manifest: string,
  files: Readonly<Record<string, Sample>> = code,
  given: Given = {},
): Promise<readonly string[]> {
  const cwd = sampleProject({ ...files, 'serverless.yml': manifest });
  const { diagnostics } = await loadProject({ cwd, today, inputs: inputsOf(given) });
  return formatDiagnostics(diagnostics).replaceAll(cwd, '<project>').split('\n');
}
