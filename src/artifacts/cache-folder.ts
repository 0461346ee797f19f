import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where this user's caches are kept.
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  const { XDG_CACHE_HOME: xdg = '' } = environment;
  if (isAbsolute(xdg)) return join(xdg, 'pkgr');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'pkgr');
  return join(homedir(), '.cache', 'pkgr');
}
