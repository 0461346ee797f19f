import { createHash } from 'node:crypto';
import { realpath, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes a link to a build context under a name that no other folder's link has. BuildKit keeps what
 * it was sent by the last part of the context's path, and sends a file again only when its size or
 * date is another: of two folders of one name, the second would get files of the first. It also
 * forgets what the next solve does not copy: after one that fetches a single zip, everything else
 * would be sent again.
 * @param isPart whether the solve copies only part of what solves of this context usually do
 * @param folder absolute path of the folder that the link is put into
 * @returns absolute path of the link
 * @throws an error of the operating system when the context is not there or the link cannot be made
 */
export async function linkToContext(
  context: string,
  isPart: boolean,
  folder: string,
): Promise<string> {
  const path = await realpath(context);
  const { dev, ino } = await stat(path, { bigint: true });
  const identity = createHash('sha256')
    .update(`${dev} ${ino} ${isPart} ${path}`)
    .digest('hex')
    .slice(0, 16);
  const link = join(folder, `context-${identity}`);
  // Only Windows asks for the kind: there, a junction needs no privilege.
  await symlink(path, link, 'junction');
  return link;
}
