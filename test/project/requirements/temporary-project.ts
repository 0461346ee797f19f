import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { formatDiagnostics } from '../../../src/diagnostics/index.js';
import { followRequirements } from '../../../src/project/requirements/index.js';
import type { Requirement } from '../../../src/project/unit.js';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A project folder of its own with these files; a name that ends in a slash is a folder. */
export function temporaryProject(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'pkgr-requirements-')));
  made.push(root);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(name.endsWith('/') ? join(root, name) : dirname(join(root, name)), {
      recursive: true,
    });
    if (!name.endsWith('/')) writeFileSync(join(root, name), content);
  }
  return root;
}

/** A requirements file named in line 3 of the manifest. */
export function file(path: string): Requirement {
  return { kind: 'file', path, at: { file: 'pkgr.yml', line: 3, column: 19 } };
}

/** A requirement written in line 4 of the manifest. */
export function line(text: string): Requirement {
  return { kind: 'line', text, at: { file: 'pkgr.yml', line: 4, column: 9 } };
}

/** An environment variable as pip knows it in a requirements file. */
export function variable(name: string): string {
  return `\${${name}}`;
}

/** Follows the sources and tells inputs as `path` or `path/`, and the diagnostics as printed. */
export async function follow(
  root: string,
  ...sources: readonly Requirement[]
): Promise<{ inputs: readonly string[]; usesSsh: boolean; told: string }> {
  const { requirements, diagnostics } = await followRequirements(root, sources);
  return {
    inputs: requirements.inputs.map(({ kind, path }) => (kind === 'file' ? path : `${path}/`)),
    usesSsh: requirements.usesSsh,
    told: formatDiagnostics(diagnostics),
  };
}

/** What is told about one requirements file, functions/a/requirements.txt, in a project of these files. */
export async function toldOf(
  content: string | Uint8Array,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<string> {
  const root = temporaryProject({ 'functions/a/requirements.txt': content, ...files });
  const { told } = await follow(root, file('functions/a/requirements.txt'));
  return told.replaceAll(root, '<project>').replaceAll('functions/a/requirements.txt:', 'here:');
}
