import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { type HostEvent, type HostOptions, packOnHost } from '../../src/host/index.js';
import { type BuildPlan, planProject } from '../../src/plan/index.js';
import { loadProject } from '../../src/project/index.js';

/** A file's content, a program, a link, or (with a name that ends in a slash) a folder. */
export type Content =
  | string
  | Uint8Array
  | { readonly program: string }
  | { readonly link: string };

export const programs = resolve(import.meta.dirname, '../../templates');

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pkgr-host-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function writeFiles(root: string, files: Readonly<Record<string, Content>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (name.endsWith('/')) continue;
    if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, path);
    else if (typeof content === 'object' && 'program' in content) {
      writeFileSync(path, content.program);
      chmodSync(path, 0o755);
    } else writeFileSync(path, content);
  }
}

/** A project folder with these files, pkgr.yml among them. */
export function temporaryProject(files: Readonly<Record<string, Content>>): string {
  const root = temporaryFolder();
  writeFiles(root, files);
  return root;
}

export async function planOf(root: string): Promise<BuildPlan> {
  const { project, diagnostics } = await loadProject({ cwd: root, today: new Date('2024-01-01') });
  if (project === undefined) throw new Error(JSON.stringify(diagnostics));
  return planProject(project);
}

/** What came of a build, by unit. */
export interface Packed {
  /** The zips of those that were packed. */
  readonly zips: Readonly<Record<string, Buffer>>;
  /** `code: message`, hint and details of those that were not. */
  readonly failed: Readonly<Record<string, string>>;
  readonly events: readonly HostEvent[];
  readonly sha256: Readonly<Record<string, string>>;
}

export interface PackSetting extends Partial<HostOptions> {
  /** The user's cache; by default one that nobody else uses. */
  readonly cache?: string;
}

/** Packs every unit of a project. */
export async function packProject(root: string, setting: PackSetting = {}): Promise<Packed> {
  const { cache = temporaryFolder(), ...options } = setting;
  const plan = await planOf(root);
  const zips: Record<string, Buffer> = {};
  const failed: Record<string, string> = {};
  const sha256: Record<string, string> = {};
  const events: HostEvent[] = [];
  const trustRoot = process.env.PIP_CERT ?? process.env.SSL_CERT_FILE;
  const results = packOnHost(plan, plan.units, {
    root,
    programs,
    work: temporaryFolder(),
    ...(trustRoot !== undefined && { trustRoot }),
    onEvent: (event) => events.push(event),
    ...options,
    environment: { ...(options.environment ?? process.env), XDG_CACHE_HOME: cache },
  });
  for await (const result of results) {
    const { name } = result.unit;
    if (result.kind === 'packed') {
      zips[name] = readFileSync(result.file);
      sha256[name] = result.digest.sha256;
    } else {
      const { code, message, hint, details = [] } = result.diagnostic;
      failed[name] = [`${code}: ${message}`, ...details, `hint: ${hint}`].join('\n');
    }
  }
  return { zips, failed, events, sha256 };
}
