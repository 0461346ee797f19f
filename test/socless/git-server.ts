import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateSync } from 'node:zlib';
import { listenForSteps } from '../build/private-index.js';

export interface GitServer {
  /** What pip takes for the repository at its only commit, behind `NAME @ `. */
  readonly requirement: string;
  close(): Promise<void>;
}

/**
 * Serves a repository of one commit for RUN steps by git's oldest protocol, which is nothing but
 * files, so that no git is needed on this machine.
 * @param files by name, all in the top folder
 * @see https://git-scm.com/book/en/v2/Git-Internals-Transfer-Protocols
 */
export async function serveRepository(files: Readonly<Record<string, string>>): Promise<GitServer> {
  const paths = new Map<string, string | Buffer>();
  const add = (kind: string, content: Buffer): string => {
    const object = Buffer.concat([Buffer.from(`${kind} ${content.length}\0`), content]);
    const hash = createHash('sha1').update(object).digest('hex');
    paths.set(`objects/${hash.slice(0, 2)}/${hash.slice(2)}`, deflateSync(object));
    return hash;
  };
  const entries = Object.keys(files)
    .sort()
    .map((name) => {
      const blob = add('blob', Buffer.from(files[name] ?? ''));
      return Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(blob, 'hex')]);
    });
  const tree = add('tree', Buffer.concat(entries));
  const who = 'Somebody <somebody@example.com> 1700000000 +0000';
  const text = `tree ${tree}\nauthor ${who}\ncommitter ${who}\n\nThe only one\n`;
  const commit = add('commit', Buffer.from(text));
  paths.set('HEAD', 'ref: refs/heads/main\n');
  paths.set('info/refs', `${commit}\trefs/heads/main\n`);
  const server = createServer(({ url = '' }, response) => {
    const found = paths.get(url.replace(/^\/r\.git\//, '').replace(/\?.*$/, ''));
    response.writeHead(found === undefined ? 404 : 200, { 'Content-Type': 'text/plain' });
    response.end(found);
  });
  const host = await listenForSteps(server);
  const { port } = server.address() as AddressInfo;
  return {
    requirement: `git+http://${host}:${port}/r.git@${commit}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
