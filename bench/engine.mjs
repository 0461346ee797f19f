import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { ensureEngine } from '../scripts/engine.mjs';
import { ensureImages, publicNames } from '../scripts/images.mjs';
import { RUNTIME } from './workloads.mjs';

/**
 * The engine, and a build image for the tools that run pip in a container: with zip, which juniper
 * needs, and with this machine's trust root, which they have no other way to be given.
 * @param {(line: string) => void} log
 */
export async function benchEngine(log) {
  const engine = await ensureEngine({ log });
  if (engine.kind === 'absent') throw new Error(engine.advice.join('\n'));
  const { docker } = engine;
  const images = await ensureImages(Object.keys(publicNames), { log, docker });
  const local = images[`build-${RUNTIME}`] ?? '';
  const image = `pkgr.local/bench-${RUNTIME}:latest`;
  const folder = mkdtempSync(join(tmpdir(), 'pkgr-bench-'));
  const trust = process.env.PIP_CERT || process.env.SSL_CERT_FILE;
  if (trust) cpSync(trust, join(folder, 'ca.pem'));
  writeFileSync(
    join(folder, 'Dockerfile'),
    [
      `FROM ${local}`,
      'RUN apt-get update && apt-get install -y --no-install-recommends zip',
      ...(trust
        ? ['COPY --chmod=644 ca.pem /etc/bench-ca.pem', 'ENV PIP_CERT=/etc/bench-ca.pem']
        : []),
      'WORKDIR /var/task',
    ].join('\n'),
  );
  const env = { ...engine.env };
  await execa(docker, ['buildx', 'build', '--load', '-t', image, folder], { env });
  rmSync(folder, { recursive: true });
  return {
    docker,
    image,
    version: engine.server,
    /** The folder of this machine's interpreter of the runtime. */
    python: dirname((await execa('which', [RUNTIME])).stdout),
    env: {
      ...env,
      PATH: [dirname(docker), env.PATH ?? process.env.PATH ?? ''].join(delimiter),
      PKGR_BUILD_CONTEXTS: `${publicNames[`build-${RUNTIME}`]}=docker-image://${local}`,
    },
  };
}
