import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { formatDiagnostics } from '../../src/diagnostics/index.js';
import { loadProject, type Project, type Unit } from '../../src/project/index.js';

/** Content of a file, or the target of a link. */
export type Sample = string | Uint8Array | { readonly link: string };

/** A day on which no runtime from python3.9 to python3.14 is near its end. */
export const today = new Date('2025-01-01T12:00:00Z');

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files; a path that ends in a slash is an empty folder. */
export function sampleProject(files: Readonly<Record<string, Sample>>): string {
  const root = mkdtempSync(join(tmpdir(), 'pkgr-project-'));
  folders.push(root);
  for (const [path, sample] of Object.entries(files)) {
    const place = join(root, path);
    mkdirSync(path.endsWith('/') ? place : dirname(place), { recursive: true });
    if (path.endsWith('/')) continue;
    if (typeof sample === 'string' || sample instanceof Uint8Array) writeFileSync(place, sample);
    else symlinkSync(sample.link, place);
  }
  return root;
}

/** Everything that is told about a project, as it is printed, a line each. */
export async function told(
  manifest: Sample,
  files: Readonly<Record<string, Sample>> = {},
): Promise<readonly string[]> {
  const root = sampleProject({ ...files, 'pkgr.yml': manifest });
  const { project, diagnostics } = await loadProject({ cwd: root, today });
  if (diagnostics.length === 0 && project !== undefined) return ['nothing'];
  return formatDiagnostics(diagnostics).replaceAll(root, '<project>').split('\n');
}

/** The project of a manifest that has nothing wrong. */
export async function projectOf(
  manifest: string,
  files: Readonly<Record<string, Sample>> = {},
): Promise<Project> {
  const root = sampleProject({ ...files, 'pkgr.yml': manifest });
  const { project, diagnostics } = await loadProject({ cwd: root, today });
  if (project === undefined) throw new Error(formatDiagnostics(diagnostics));
  return project;
}

/** Some files that manifests name. */
export const files: Readonly<Record<string, Sample>> = {
  'a/app.py': '',
  'a/data/x.json': '',
  'a/empty/': '',
  'common/helpers.py': '',
  'base.txt': 'requests',
  'own.txt': 'six',
  'pip.conf': '',
  'own.conf': '',
  Dockerfile: 'FROM scratch',
  'images/Dockerfile': 'FROM scratch',
};

/** What is told about a function whose lines these are; the first of them is line 4. */
export function toldOfFunction(
  lines: readonly string[],
  more: Readonly<Record<string, Sample>> = {},
): Promise<readonly string[]> {
  return told(manifestOf('function', lines), { ...files, ...more });
}

/** The only unit of a manifest whose lines below the unit's name are these. */
export async function unitOf(
  lines: readonly string[],
  kind: Unit['kind'] = 'function',
  more: Readonly<Record<string, Sample>> = {},
): Promise<Unit> {
  const { units } = await projectOf(manifestOf(kind, lines), { ...files, ...more });
  const [unit] = units;
  if (unit === undefined) throw new Error('there is no unit');
  return unit;
}

function manifestOf(kind: Unit['kind'], lines: readonly string[]): string {
  const head = [`${kind}s:`, '  hello:', '    runtime: python3.13'];
  return [...head, ...lines.map((line) => `    ${line}`)].join('\n');
}
