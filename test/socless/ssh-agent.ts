import { createServer } from 'node:net';
import { join } from 'node:path';
import { newFolder } from '../build/project.js';

/** Messages of the agent's protocol; https://datatracker.ietf.org/doc/html/draft-ietf-sshm-ssh-agent */
const REQUEST_IDENTITIES = 11;
const IDENTITIES_ANSWER = 12;
const FAILURE = 5;

export interface Agent {
  /** What SSH_AUTH_SOCK takes. */
  readonly socket: string;
  close(): Promise<void>;
}

/** An SSH agent that holds one key of no use, which tells by its comment that it was asked. */
export async function startAgent(comment: string): Promise<Agent> {
  const key = Buffer.concat([text('ssh-ed25519'), text(Buffer.alloc(32, 1))]);
  const answer = Buffer.concat([
    Buffer.from([IDENTITIES_ANSWER]),
    uint32(1),
    text(key),
    text(comment),
  ]);
  const server = createServer((connection) => {
    let received = Buffer.alloc(0);
    connection.on('error', () => {});
    connection.on('data', (data) => {
      received = Buffer.concat([received, data]);
      while (received.length >= 5 && received.length >= 4 + received.readUInt32BE(0)) {
        const isAsked = received[4] === REQUEST_IDENTITIES;
        received = received.subarray(4 + received.readUInt32BE(0));
        connection.write(text(isAsked ? answer : Buffer.from([FAILURE])));
      }
    });
  });
  const socket = join(newFolder(), 'agent.sock');
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return { socket, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Bytes behind their length, as all of SSH writes them. */
function text(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
