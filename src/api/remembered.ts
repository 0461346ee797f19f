import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { cacheFolder } from '../artifacts/index.js';
import type { Project } from '../project/index.js';

type Place = Pick<Project, 'root' | 'output'>;

/** The file that remembers how the last build of each unit went, for this user. */
export function outcomesPath(place: Place, environment: NodeJS.ProcessEnv): string {
  return join(cacheFolder(environment), 'builds', nameFor(place));
}

/** The file that remembers the hashes of the zips, for this user. */
export function hashesPath(place: Place, environment: NodeJS.ProcessEnv): string {
  return join(cacheFolder(environment), 'hashes', nameFor(place));
}

function nameFor({ root, output }: Place): string {
  const place = JSON.stringify([root, output]);
  return `${createHash('sha256').update(place).digest('hex').slice(0, 32)}.json`;
}
