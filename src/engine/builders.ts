import { execFile } from 'node:child_process';
import { type Diagnostic, PkgrError } from '../diagnostics/index.js';
import { dockerCommand } from './docker.js';

/** What does the solves: a builder of docker buildx, or the engine of a docker context. */
export interface Builder {
  readonly name: string;
  /** buildx refuses the name of a context that is not the current one; docker is told to switch. */
  readonly isContext: boolean;
}

/** Milliseconds to wait for an answer; a builder that gives none is there, and may be down. */
const PATIENCE = 10_000;

/**
 * The builders of these names. Whether they answer is not asked: that shows when they build.
 * @throws PkgrError with unknown-builder for each name that neither buildx nor a context has.
 */
export async function findBuilders(names: readonly string[]): Promise<readonly Builder[]> {
  const found = await Promise.all(names.map(findBuilder));
  const unknown = names.filter((_, index) => found[index] === undefined);
  if (unknown.length > 0) throw new PkgrError(unknown.map(unknownBuilder));
  return found.flatMap((builder) => builder ?? []);
}

async function findBuilder(name: string): Promise<Builder | undefined> {
  // For buildx the name "default" is that of the context which is the current one.
  if (name === 'default') return { name, isContext: false };
  const context = await answerOf(['context', 'inspect', '--format', '{{.Name}}', '--', name]);
  if (context.isDone) return { name, isContext: true };
  // A builder that is down is inspected as well as another; only other words tell of none.
  const { isDone, stderr } = await answerOf(['buildx', 'inspect', '--', name]);
  const isUnknown = !isDone && /\bno builder .* found/.test(stderr);
  return isUnknown ? undefined : { name, isContext: false };
}

/** What of the docker command goes before `buildx`, and what after `build`. */
export function builderArguments(builder: Builder | undefined): {
  readonly global: readonly string[];
  readonly build: readonly string[];
} {
  if (builder === undefined) return { global: [], build: [] };
  const { name, isContext } = builder;
  return { global: isContext ? ['--context', name] : [], build: ['--builder', name] };
}

function answerOf(arguments_: readonly string[]) {
  return new Promise<{ readonly isDone: boolean; readonly stderr: string }>((resolve) => {
    execFile(dockerCommand(), arguments_, { timeout: PATIENCE }, (error, _, stderr) => {
      resolve({ isDone: error === null, stderr });
    });
  });
}

function unknownBuilder(name: string): Diagnostic {
  return {
    code: 'unknown-builder',
    severity: 'error',
    message: `there is no builder ${JSON.stringify(name)}`,
    hint: '`docker buildx ls` and `docker context ls` show those that there are; `docker context create NAME --docker host=ssh://HOST` makes one of another machine',
  };
}
