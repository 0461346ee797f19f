import type { Diagnostic, ManifestWords } from '../diagnostics/index.js';
import type { EngineReason, SolveFailure } from './failure.js';

type EngineFailure = Extract<
  SolveFailure,
  {
    readonly kind:
      | 'engine-unreachable'
      | 'engine-died'
      | 'engine-too-old'
      | 'buildx-missing'
      | 'ssh-agent-missing';
  }
>;

/** Where packing without Docker may be the way out. */
const mayGoWithout: ReadonlySet<EngineReason> = new Set(['no-command', 'no-answer']);

const unreachable: Readonly<Record<EngineReason, readonly [message: string, hint: string]>> = {
  'no-command': [
    'There is no docker command on this machine',
    'Install Docker, or put its folder on PATH.',
  ],
  'no-context': [
    'The Docker context that is chosen does not exist',
    'Choose another with `docker context use`, or unset DOCKER_CONTEXT.',
  ],
  permission: [
    'This user may not talk to the Docker engine',
    'Add the user to the group that owns its socket (usually `docker`) and log in again.',
  ],
  'not-started': [
    'The builder does not answer',
    'See what `docker buildx inspect --bootstrap` says of it, or choose another with --builder.',
  ],
  'no-answer': [
    'The Docker engine does not answer',
    'Start it (Docker Desktop, or `systemctl start docker`), or check DOCKER_HOST and `docker context ls`.',
  ],
};

/** Says what is wrong with the engine or the docker command, and what to do. */
export function engineHint(
  failure: EngineFailure,
  { withoutDocker }: ManifestWords,
): Pick<Diagnostic, 'code' | 'message' | 'hint' | 'details'> {
  switch (failure.kind) {
    case 'engine-unreachable': {
      const [message, first] = unreachable[failure.reason];
      const without = `Units without OS packages can be packed without Docker: ${withoutDocker}.`;
      const hint = mayGoWithout.has(failure.reason) ? `${first} ${without}` : first;
      return { code: 'engine-unreachable', message, hint, details: failure.text.split('\n') };
    }
    case 'engine-died':
      return {
        code: 'engine-unreachable',
        message: 'The connection to the Docker engine was lost during the build',
        hint: 'See whether the engine still runs (it may have run out of memory), and build again.',
        details: failure.text.split('\n'),
      };
    case 'engine-too-old':
      return {
        code: 'engine-too-old',
        message: `${failure.what} is too old: ${failure.needed} or later is needed`,
        hint: 'Update Docker: https://docs.docker.com/engine/install/.',
      };
    case 'buildx-missing':
      return {
        code: 'buildx-missing',
        message: 'The docker command has no buildx plugin',
        hint: 'Install it: the package is called docker-buildx-plugin, or docker-buildx on Debian and Ubuntu.',
      };
    case 'ssh-agent-missing':
      return {
        code: 'build-failed',
        message: 'A requirement is fetched over SSH, but no SSH agent runs',
        hint: 'Start one and add the key: `eval "$(ssh-agent)" && ssh-add`.',
      };
  }
}
