import type { PlannedInstaller } from '../../plan/index.js';
import type { Mount, Stage } from '../instruction.js';
import { FETCHED, MEMORY } from './places.js';
import { programsMount } from './programs.js';
import { netrc, trustRoot } from './secrets.js';

/** pip's downloads, kept by Docker between builds; not its wheels, which depend on the image. */
export const PIP_CACHE = '/var/cache/pkgr-pip';
export const pipCache: Mount = { kind: 'cache', id: 'pkgr-pip', target: PIP_CACHE };

const UV_FOLDER = '/uv';
const UV_CACHE = '/var/cache/pkgr-uv';

/** uv, fetched with pip where it is to run; an empty folder if it cannot be had. */
export function uvStage({ id, on }: PlannedInstaller): Stage {
  return {
    name: id,
    comment: ['uv, which installs what it and pip agree on; without it pip does.'],
    from: { kind: 'stage', stage: on },
    instructions: [
      {
        kind: 'run',
        mounts: [programsMount, pipCache, trustRoot.mount, netrc.mount],
        words: [
          'python3',
          '/programs/fetch_uv.py',
          `--target=${FETCHED}`,
          `--cache=${PIP_CACHE}`,
          `--ca=${trustRoot.path}`,
        ],
      },
    ],
  };
}

/** What an install needs that may use uv. */
export function uvOptions(uv: string | undefined): {
  readonly mounts: readonly Mount[];
  readonly words: readonly string[];
} {
  if (uv === undefined) return { mounts: [], words: [] };
  return {
    mounts: [
      { kind: 'bind', from: uv, source: FETCHED, target: UV_FOLDER },
      { kind: 'cache', id: 'pkgr-uv', target: UV_CACHE },
      { kind: 'tmpfs', target: MEMORY },
    ],
    words: [`--uv=${UV_FOLDER}/uv`, `--uv-cache=${UV_CACHE}`, `--memory=${MEMORY}`],
  };
}
