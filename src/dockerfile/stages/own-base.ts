import { type DockerfileBase, type OwnBase, ownBaseOf } from '../../plan/index.js';
import type { OwnFrom, OwnText } from '../../project/index.js';
import type { From, Instruction, Stage, VerbatimPart } from '../instruction.js';

/** pkgr's own steps install, so they run as root whatever user an image or a Dockerfile sets. */
export const asRoot: Instruction = { kind: 'user', name: 'root' };

/** pkgr's own steps are written for a POSIX shell. */
const inPlainShell: Instruction = { kind: 'shell', program: '/bin/sh' };

/**
 * The stages of a user's own Dockerfile, under names that no other stage has; the last one is the
 * base. Their instructions are the user's text with nothing but names and defaults put in.
 */
export function ownBaseStages(base: DockerfileBase): readonly Stage[] {
  const own = ownBaseOf(base);
  return [...imageStages(base, own), ...own.stages.map((_, index) => ownStage(base, own, index))];
}

/** COPY --from and mounts take an image for the engine's platform; a FROM can name the unit's. */
function imageStages(base: DockerfileBase, own: OwnBase): readonly Stage[] {
  return [...own.imageStages].map(([image, name]) => ({
    name,
    comment: [`An image that ${base.path} copies from.`],
    from: { kind: 'image', image, platform: base.platform },
    instructions: [],
  }));
}

function ownStage(base: DockerfileBase, own: OwnBase, index: number): Stage {
  const { name, from, body = [] } = own.stages[index] ?? {};
  const called = name === undefined ? `Stage ${index + 1}` : `Stage ${name}`;
  const isLast = index === own.stages.length - 1;
  const source = base.target === undefined ? base.path : `${base.target} of ${base.path}`;
  const ending = own.setsShell ? [asRoot, inPlainShell] : [asRoot];
  return {
    name: own.stageNames[index] ?? '',
    comment: [isLast ? `The image to build on, by ${source}.` : `${called} of ${base.path}.`],
    from: fromOf(from ?? { kind: 'scratch' }, base, own),
    instructions: [
      ...(body.length === 0
        ? []
        : [{ kind: 'verbatim', parts: body.map(partIn(base, own)) } as const]),
      ...(isLast ? ending : []),
    ],
  };
}

function fromOf(from: OwnFrom, { platform }: DockerfileBase, own: OwnBase): From {
  if (from.kind === 'stage') return { kind: 'stage', stage: own.stageNames[from.stage] ?? '' };
  return from.kind === 'image' ? { platform, ...from } : from;
}

function partIn({ context = '' }: DockerfileBase, own: OwnBase): (part: OwnText) => VerbatimPart {
  return (part) => {
    if (part.kind === 'stage') return { kind: 'stage', stage: own.stageNames[part.stage] ?? '' };
    if (part.kind === 'context') return { ...part, name: context };
    if (part.kind !== 'image') return part;
    return { kind: 'stage', stage: own.imageStages.get(part.image) ?? '' };
  };
}
