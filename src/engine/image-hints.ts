import type { ManifestWords } from '../diagnostics/index.js';
import type { SolveFailure } from './failure.js';

type ImageUnavailable = Extract<SolveFailure, { readonly kind: 'image-unavailable' }>;

const local =
  'An image that is only on this machine is looked for in its registry when it is for another architecture: compare `architecture:` in the manifest with `docker image inspect --format {{.Architecture}}`';

/** What to do about an image that could not be had. */
export function imageHint({ image, reason }: ImageUnavailable, words: ManifestWords): string {
  const choose = `choose another with \`${words.image}:\` in ${words.place}`;
  switch (reason) {
    case 'not-found':
      return `Check the name and the tag, or ${choose}.`;
    case 'denied':
      return `Log in to its registry (docker login), check the name, or ${choose}.`;
    case 'rate-limited':
      return `The registry allows no more pulls for now: log in to it (docker login), wait, or ${choose}.`;
    case 'platform':
      return `The image exists, but not for the unit's architecture: change \`architecture:\`, or ${choose}.`;
    case 'untrusted':
      return `The engine does not trust the registry's certificate: install its authority where the engine runs, or ${choose}.`;
    case 'unknown-host':
      return `Check the name and the network, or ${choose}. ${local} ${image}.`;
    case 'timeout':
    case 'unreachable':
      return `Try again, check the network and the engine's proxy settings, or ${choose}. ${local} ${image}.`;
    case 'registry-error':
      return `The registry is in trouble: try again later, or ${choose}.`;
    case 'other':
      return `Try \`docker pull ${image}\` to see more, or ${choose}.`;
  }
}
