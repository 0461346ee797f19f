import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sorted, type TreeEntry } from '../context/index.js';

/**
 * Writes entries to a new folder, with modes that do not depend on the umask.
 *
 * pip then sees exactly what the engine would give it, leaves nothing behind in the user's project,
 * and what the returned hash was made of is what it reads.
 * @returns sha256 of names, kinds, modes and contents
 */
export async function stage(entries: readonly TreeEntry[], folder: string): Promise<string> {
  const hash = createHash('sha256');
  await mkdir(folder, { recursive: true });
  for (const entry of sorted(entries)) {
    const path = join(folder, entry.name);
    await mkdir(entry.kind === 'folder' ? path : dirname(path), { recursive: true });
    if (entry.kind === 'file') {
      const content = await readFile(entry.source);
      await writeFile(path, content, { flag: 'wx' });
      await chmod(path, entry.executable ? 0o755 : 0o644);
      const digest = createHash('sha256').update(content).digest('hex');
      hash.update(JSON.stringify(['file', entry.name, entry.executable, digest]));
    } else if (entry.kind === 'link') {
      await symlink(entry.target, path);
      hash.update(JSON.stringify(['link', entry.name, entry.target.toString('hex')]));
    } else {
      hash.update(JSON.stringify(['folder', entry.name]));
    }
  }
  return hash.digest('hex');
}
