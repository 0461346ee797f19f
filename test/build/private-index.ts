import { createServer, type Server } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { wheel, wheelName } from '../host/python-packages.js';
import { run } from './run.js';

/** A user of an index, and what the index has for them. */
export interface IndexUser {
  readonly name: string;
  readonly password: string;
  /** Packages by name, each a wheel of version 1.0 with one module that has this text. */
  readonly packages: Readonly<Record<string, string>>;
}

export interface PrivateIndex {
  /** As steps of a build name this machine. */
  readonly host: string;
  /** What pip takes for `index-url`, without a password. */
  url(user: IndexUser): string;
  /** Names of files that were fetched, each with the user whose password was given. */
  readonly fetched: readonly string[];
  close(): Promise<void>;
}

/**
 * Serves an index on this machine for RUN steps, which are on the engine's bridge: its gateway is
 * this machine. Where the engine is in a virtual machine (Docker Desktop), a name leads to loopback.
 * Whoever asks without the right password gets 401, and a user sees only their own packages.
 */
export async function servePrivateIndex(users: readonly IndexUser[]): Promise<PrivateIndex> {
  const files = new Map<string, Buffer>();
  for (const [name, text] of users.flatMap(({ packages }) => Object.entries(packages))) {
    files.set(wheelName(name), await wheel(name, { [`${name}.py`]: text }));
  }
  const fetched: string[] = [];
  const server = createServer((request, response) => {
    const [, userName, simple, name = '', file = ''] = (request.url ?? '').split('/');
    const user = users.find((each) => each.name === userName);
    if (user === undefined || request.headers.authorization !== authorization(user)) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="index"' }).end();
    } else if (simple !== 'simple' || !Object.hasOwn(user.packages, name)) {
      response.writeHead(404).end();
    } else if (file === wheelName(name)) {
      fetched.push(`${user.name}: ${file}`);
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(files.get(file));
    } else {
      // Beside the page, because pip gives the password of an index only to what is below it.
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end(`<!DOCTYPE html><a href="${wheelName(name)}">${wheelName(name)}</a>`);
    }
  });
  const host = await listenForSteps(server);
  const { port } = server.address() as AddressInfo;
  return {
    host,
    url: ({ name }) => `http://${host}:${port}/${name}/simple/`,
    fetched,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The header by which a user shows their password (RFC 7617). */
function authorization({ name, password }: IndexUser): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
}

/**
 * Listens where RUN steps can reach it, and returns how a step names this machine. Whether the
 * gateway is this machine's is asked of the system by listening: Node lists no interface that has
 * no carrier, and the bridge has none before the first container.
 */
export async function listenForSteps(server: Server): Promise<string> {
  const format = '{{range .IPAM.Config}}{{println .Gateway}}{{end}}';
  const { stdout } = await run('docker', ['network', 'inspect', 'bridge', '--format', format]);
  const gateway = stdout.split('\n').find((line) => isIP(line.trim()) === 4);
  if (gateway !== undefined && (await listens(server, gateway))) return gateway;
  if (await listens(server, '127.0.0.1')) return 'host.docker.internal';
  throw new Error('Nothing can be served on 127.0.0.1');
}

function listens(server: Server, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const refused = () => resolve(false);
    server.once('error', refused).listen(0, address, () => {
      server.off('error', refused);
      resolve(true);
    });
  });
}
