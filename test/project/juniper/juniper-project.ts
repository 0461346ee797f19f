import { formatDiagnostics } from '../../../src/diagnostics/index.js';
import { loadProject, type Project, type Unit } from '../../../src/project/index.js';
import { type Sample, sampleProject } from '../sample-project.js';

/** A day on which Lambda supported python3.6, so that nothing is told of it. */
export const today = new Date('2021-06-01T12:00:00Z');

/** Some files that manifests name. */
export const files: Readonly<Record<string, Sample>> = {
  'src/app/main.py': '',
  'src/app/tests/test_main.py': '',
  'src/common/helpers.py': '',
  'src/tool.py': '',
  'src/.hidden.py': '',
  'requirements.txt': 'six',
  'reqs/dev': 'six',
  'pip.conf': '',
};

export async function load(
  manifest: string,
  more: Readonly<Record<string, Sample>> = {},
  name = 'manifest.yml',
) {
  const root = sampleProject({ ...files, ...more, [name]: manifest });
  const option = name.startsWith('manifest.y') ? {} : { manifest: name };
  return loadProject({ cwd: root, today, ...option });
}

/** Everything that is told about a manifest, as it is printed, a line each. */
export async function told(
  manifest: string,
  more: Readonly<Record<string, Sample>> = {},
  name?: string,
): Promise<readonly string[]> {
  const { project, diagnostics } = await load(manifest, more, name);
  if (diagnostics.length === 0 && project !== undefined) return ['nothing'];
  return formatDiagnostics(diagnostics).split('\n');
}

/** The project of a manifest with which nothing is wrong; warnings are no matter. */
export async function projectOf(
  manifest: string,
  more: Readonly<Record<string, Sample>> = {},
): Promise<Project> {
  const { project, diagnostics } = await load(manifest, more);
  if (project === undefined) throw new Error(formatDiagnostics(diagnostics));
  return project;
}

/** The only unit of such a manifest, written as a flow mapping. */
export async function unitOf(
  unit: string,
  kind: Unit['kind'] = 'function',
  more: Readonly<Record<string, Sample>> = {},
): Promise<Unit> {
  const { units } = await projectOf(`${kind}s: {hello: ${unit}}`, more);
  const [only] = units;
  if (only === undefined) throw new Error('there is no unit');
  return only;
}

/** What a unit includes, in short: a folder's content has a slash behind it. */
export function includesOf({ include }: Unit): readonly string[] {
  return include.map(({ kind, from, to }) => `${from}${kind === 'contents' ? '/' : ''} -> /${to}`);
}

/** A project in a few lines, as a person would check it. */
export function summary({ output, units }: Project): string {
  const lines = units.map((unit) => {
    const { kind, name, runtime, base, requirements, pipconf } = unit;
    const image = base.kind === 'image' ? base.name : `the image of ${base.path}`;
    const sources = requirements.sources.map((one) =>
      one.kind === 'file' ? one.path : `the line ${one.text}`,
    );
    const pip = [...sources, ...(pipconf ? [`with ${pipconf.value}`] : [])].join(' ');
    return [
      `${kind} ${name}: ${runtime} in ${image}`,
      ...(pip === '' ? [] : [`  pip: ${pip}`]),
      ...includesOf(unit).map((include) => `  ${include}`),
    ].join('\n');
  });
  return [...lines, `zips in ${output}`].join('\n');
}
