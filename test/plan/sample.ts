import type { Location } from '../../src/diagnostics/index.js';
import type { Include, Project, Unit } from '../../src/project/index.js';

/** A place in the manifest; only its presence matters. */
export const at: Location = { file: 'pkgr.yml', line: 1, column: 1 };

/** A function with one folder of code, built on the default image of its runtime. */
export function unitOf(name: string, own: Partial<Unit> = {}): Unit {
  return {
    kind: 'function',
    name,
    at,
    runtime: 'python3.11',
    architecture: 'x86_64',
    base: { kind: 'image', name: 'public.ecr.aws/sam/build-python3.11:latest-x86_64' },
    packages: { any: [], byManager: {} },
    requirements: { sources: [], inputs: [], usesSsh: false },
    include: [contents(`functions/${name}`)],
    hasSmallCode: false,
    exclude: [],
    excludeInZip: [],
    prune: [],
    bytecode: 'hash',
    installer: 'pip',
    libs: [],
    bins: [],
    buildEnvironment: {},
    layers: [],
    secretEnvironment: [],
    offersSsh: false,
    installsSeparately: false,
    packagesOverCode: false,
    key: name,
    audit: {},
    verify: { mode: 'imports', environment: {} },
    zip: `dist/${name}.zip`,
    ...own,
  };
}

export function projectOf(units: readonly Unit[], own: Partial<Project> = {}): Project {
  return {
    root: '/project',
    manifest: 'pkgr.yml',
    output: 'dist',
    dockerignore: [],
    exclude: [],
    preferences: {},
    secretValues: new Map(),
    units,
    ...own,
  };
}

/** An image that the manifest names. */
export function image(name: string) {
  return { kind: 'image', name, at } as const;
}

export function contents(from: string, to = ''): Include {
  return { kind: 'contents', from, to, at };
}

export function file(from: string, to = from.slice(from.lastIndexOf('/') + 1)): Include {
  return { kind: 'file', from, to, at };
}

/** Requirements that consist of requirements files, each an input too, and of further inputs. */
export function requirementsOf(
  files: readonly string[],
  inputs: Unit['requirements']['inputs'] = [],
): Unit['requirements'] {
  return {
    sources: files.map((path) => ({ kind: 'file', path, at })),
    inputs: [...files.map((path) => ({ kind: 'file' as const, path })), ...inputs],
    usesSsh: false,
  };
}

/** Requirements that are written in the manifest itself. */
export function linesOf(...lines: readonly string[]): Unit['requirements'] {
  return {
    sources: lines.map((text) => ({ kind: 'line', text, at })),
    inputs: [],
    usesSsh: false,
  };
}
