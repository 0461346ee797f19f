import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Runtime } from '../../src/project/index.js';
import { docker } from '../engine/local-engine.js';
import { engineBuilder, runtimeImage } from './stand-ins.js';

/** A call of a Lambda function, as it lies in zips. */
export interface Invocation {
  readonly runtime: Runtime;
  /** Path of the function's zip. */
  readonly zip: string;
  /** Paths of the layers' zips; later ones are laid over earlier ones. */
  readonly layers?: readonly string[];
  /** `MODULE.FUNCTION`, as Lambda is told. */
  readonly handler: string;
  readonly event: unknown;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What came of it. */
export type Outcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  | {
      readonly kind: 'raised';
      /** Lambda imports the handler's module first, then calls the handler. */
      readonly during: 'import' | 'call';
      /** Name of the exception's class. */
      readonly type: string;
      readonly message: string;
      readonly trace: string;
    };

/** The Dockerfile of a call and the Python programs it runs. */
const PROGRAMS = join(import.meta.dirname, 'lambda');

/**
 * Calls a function in a clean runtime image, with nothing but its zip and its layers' in place, no
 * network, as an ordinary user. A build does it, not `docker run` with mounts of this machine's
 * folders: these a remote engine does not have.
 * @throws Error with the end of the engine's log when the call could not be made at all.
 */
export async function invoke(invocation: Invocation): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'pkgr-invoke-'));
  try {
    await writeContext(join(folder, 'context'), invocation);
    await execa(docker, [
      ...['buildx', 'build', '--progress', 'plain', '--builder', await engineBuilder()],
      ...['--build-context', `runtime=docker-image://${await runtimeImage(invocation.runtime)}`],
      ...['--output', `type=local,dest=${join(folder, 'output')}`, join(folder, 'context')],
    ]);
    return JSON.parse(await readFile(join(folder, 'output/outcome.json'), 'utf8')) as Outcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * What the function returned, as JSON in lines.
 * @throws Error with the function's trace when it raised.
 */
export function returned(outcome: Outcome): string {
  if (outcome.kind === 'raised') throw new Error(`${outcome.during}: ${outcome.trace}`);
  return `${JSON.stringify(outcome.value, null, 2)}\n`;
}

async function writeContext(folder: string, invocation: Invocation): Promise<void> {
  await mkdir(join(folder, 'layers'), { recursive: true });
  const { handler, event, environment = {} } = invocation;
  await writeFile(join(folder, 'invocation.json'), JSON.stringify({ handler, event, environment }));
  const zips = [
    [invocation.zip, 'function.zip'],
    ...(invocation.layers ?? []).map((path, index) => [path, `layers/${index + 1}.zip`]),
  ] as const;
  const programs = ['Dockerfile', 'unpack.py', 'call.py'].map(
    (name) => [join(PROGRAMS, name), name] as const,
  );
  for (const [from, to] of [...zips, ...programs]) {
    await copyFile(from, join(folder, to));
    await chmod(join(folder, to), 0o644);
  }
}
