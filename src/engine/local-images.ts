import { execFile } from 'node:child_process';
import { dockerCommand } from './docker.js';

/** An image that the engine has. */
export interface LocalImage {
  /** `sha256:` and the hash of its configuration, or of its manifest with containerd's image store. */
  readonly id: string;
  /** Names with the digests under which registries have it: `NAME@sha256:...`. */
  readonly repoDigests: readonly string[];
}

/** How the engine is reached. */
export interface EngineChoice {
  /** A builder of docker buildx, or a context of docker's, other than the chosen one. */
  readonly builder?: string;
  /** Whether the images of a builder that is not the engine itself count as not known. */
  readonly onlyItsOwn: boolean;
}

/** Milliseconds to wait for an answer. */
const PATIENCE = 10_000;

/**
 * What the engine that builds has under these names; a name that it does not have is not in the
 * result, and nothing is when it does not answer: what is asked for is only told.
 */
export async function inspectImages(
  names: readonly string[],
  { builder, onlyItsOwn }: EngineChoice,
): Promise<ReadonlyMap<string, LocalImage>> {
  if (names.length === 0) return new Map();
  // A builder that is the engine itself has the name of its context; there is none of another's.
  const engine = builder === undefined ? [] : ['--context', builder];
  const inspect = (some: readonly string[]) =>
    answerOf([...engine, 'image', 'inspect', '--format', FORMAT, '--', ...some]);
  const [all, isOwn] = await Promise.all([
    inspect(names),
    onlyItsOwn && builder === undefined ? buildsItself() : true,
  ]);
  if (!isOwn) return new Map();
  // One that is missing leaves no line, so that nobody could tell whose the others are.
  const answers = all.complete
    ? all.text.split('\n')
    : await Promise.all(names.map(async (name) => (await inspect([name])).text));
  const found = names.map((name, index) => [name, readImage(answers[index] ?? '')] as const);
  return new Map(found.flatMap(([name, image]) => (image === undefined ? [] : [[name, image]])));
}

const FORMAT = '{"id":{{json .Id}},"repoDigests":{{json .RepoDigests}}}';

/** Whether the builder that is chosen is the engine itself. */
async function buildsItself(): Promise<boolean> {
  return /^Driver:\s+docker$/m.test((await answerOf(['buildx', 'inspect'])).text);
}

function answerOf(arguments_: readonly string[]) {
  return new Promise<{ readonly complete: boolean; readonly text: string }>((resolve) => {
    execFile(dockerCommand(), arguments_, { timeout: PATIENCE }, (error, stdout) => {
      resolve({ complete: error === null, text: stdout.trim() });
    });
  });
}

function readImage(line: string): LocalImage | undefined {
  try {
    const { id, repoDigests }: Readonly<Record<string, unknown>> = JSON.parse(line);
    const digests: readonly unknown[] = Array.isArray(repoDigests) ? repoDigests : [];
    if (typeof id !== 'string') return undefined;
    return { id, repoDigests: digests.filter((digest) => typeof digest === 'string') };
  } catch {
    return undefined;
  }
}
