import { expect, test } from 'vitest';
import { imageDigests } from '../../src/engine/index.js';
import { noProgress, reduceProgress } from '../../src/engine/progress.js';
import { readSolveEvent } from '../../src/engine/solve-event.js';

const digest = `sha256:${'24fbf4a5bca665ec'.repeat(4)}`;

/** Names of steps as engine 26.1.5 gives them, for images of a registry, of its own, and of contexts. */
const names = [
  '[internal] load metadata for 127.0.0.1:5731/tiny:v1',
  `[base 1/1] FROM 127.0.0.1:5731/tiny:v1@${digest}`,
  `FROM docker.io/library/debian:latest@${digest}`,
  '[python3.11-amd64 1/2] FROM pkgr.local/build-python3.11:df52e35c0a29',
  '[context public.ecr.aws/sam/build-python3.11:latest-x86_64] pkgr.local/build-python3.11:df52e35c0a29',
  `[deps-1 1/2] RUN echo FROM x@${digest}`,
  `[stage-0 1/1] COPY --from=127.0.0.1:5731/other:v1@${digest} /x /x`,
];

test('a solve tells the digests of images that it has looked up in a registry, and of no other', () => {
  const event = readSolveEvent({ vertexes: names.map((name) => ({ digest: name, name })) });
  const progress = reduceProgress(noProgress, event === undefined ? [] : [event]);
  expect(imageDigests(progress)).toEqual(
    new Map([
      ['127.0.0.1:5731/tiny:v1', digest],
      ['docker.io/library/debian:latest', digest],
    ]),
  );
});
