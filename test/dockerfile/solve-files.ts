import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { docker, folderWith } from '../engine/local-engine.js';

/** One solve of a Dockerfile in a project folder. */
export interface Solve {
  readonly root: string;
  readonly dockerfile: string;
  /** Lines of the .dockerignore. */
  readonly ignore?: readonly string[];
  /** Further arguments of `docker buildx build`. */
  readonly options?: readonly string[];
}

/** The files that the engine exports, by path; and what it wrote on stderr. */
export async function solveFiles({ root, dockerfile, ignore = [], options = [] }: Solve) {
  const generated = folderWith({
    Dockerfile: dockerfile,
    'Dockerfile.dockerignore': `${ignore.join('\n')}\n`,
  });
  const exported = folderWith({});
  const { stderr } = await promisify(execFile)(
    docker,
    [
      ...['buildx', 'build', '--progress=plain', '--provenance=false', ...options],
      ...['-f', join(generated, 'Dockerfile'), '--output', exported, root],
    ],
    { maxBuffer: 1 << 24 },
  );
  const entries = readdirSync(exported, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(exported, path), readFileSync(path)] as const);
  return { files: new Map(files), stderr };
}
