import type { RecordedBase, RecordedImage, UnitInputs } from '../artifacts/index.js';
import {
  imageDigests,
  inspectImages,
  type LocalImage,
  noProgress,
  type Progress,
} from '../engine/index.js';
import { shortHash } from '../inputs/index.js';
import {
  type BuildPlan,
  builtWith,
  fullImageName,
  imagesOfBase,
  type PlannedBase,
  type PlannedUnit,
} from '../plan/index.js';

/**
 * Which image was behind a name: by the digest under which a registry has it, or, when no registry
 * does, by the id that the engine has given it. Neither, when nobody says.
 */
export interface ImageIdentity {
  readonly digest?: string;
  readonly id?: string;
}

export interface ImageSources {
  readonly namedContexts: Readonly<Record<string, string>>;
  /** None: the one that is chosen. */
  readonly builders?: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Says of each image of the plan which one it was, when a solve has ended. */
export type IdentifyImages = (progress?: Progress) => ReadonlyMap<string, ImageIdentity>;

/**
 * Asks the engine for the images that these units are built on, which it may be asked while it
 * solves; what the solve has found in a registry goes before that.
 */
export async function lookAtImages(
  plan: BuildPlan,
  units: readonly PlannedUnit[],
  { namedContexts, builders = [], environment }: ImageSources,
): Promise<IdentifyImages> {
  const contexts = new Map(
    Object.entries(namedContexts).map(([name, value]) => [fullImageName(name), value]),
  );
  const references = new Map<string, string>();
  let hasStandIns = false;
  for (const image of imagesOf(plan, units)) {
    const standIn = contexts.get(fullImageName(image));
    const reference = standIn === undefined ? image : /^docker-image:\/\/(.+)/.exec(standIn)?.[1];
    if (reference !== undefined) references.set(image, reference);
    hasStandIns ||= standIn !== undefined;
  }
  const chosen = builders.length > 0 ? builders : [environment.BUILDX_BUILDER || undefined];
  const known = await Promise.all(
    chosen.map((builder) =>
      inspectImages([...new Set(references.values())], {
        ...(builder !== undefined && { builder }),
        onlyItsOwn: hasStandIns,
      }),
    ),
  );
  // Builders that have different images under one name are not told apart: the first one counts.
  const local = new Map(known.reverse().flatMap((images) => [...images]));
  return (progress = noProgress) => {
    const found = new Map(
      [...imageDigests(progress)].map(([name, digest]) => [fullImageName(name), digest]),
    );
    return new Map(
      [...references].map(([image, reference]) => {
        const digest = found.get(fullImageName(reference)) ?? digestIn(reference);
        const own = digest === undefined ? identityOf(reference, local.get(reference)) : { digest };
        return [image, own];
      }),
    );
  };
}

/** What a name says itself. */
function digestIn(reference: string): string | undefined {
  return /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1];
}

/** An image that was pulled has the digest that a solve would find in the registry. */
function identityOf(reference: string, image: LocalImage | undefined): ImageIdentity {
  if (image === undefined) return {};
  const repository = withoutTag(fullImageName(reference));
  const pulled = image.repoDigests.find((digest) => {
    return fullImageName(digest).startsWith(`${repository}@`);
  });
  const digest = digestIn(pulled ?? '');
  return digest === undefined ? { id: image.id } : { digest };
}

function withoutTag(name: string): string {
  return name.replace(/:[^:/]*$/, '');
}

/** Inputs with what is known of the image that is like their runtime. */
export function withIdentity(
  inputs: UnitInputs,
  images: ReadonlyMap<string, ImageIdentity>,
): UnitInputs {
  const { runtimeImage } = inputs;
  if (runtimeImage === undefined) return inputs;
  return { ...inputs, runtimeImage: { ...runtimeImage, ...images.get(runtimeImage.name) } };
}

/** Every image that has to do with these units, as the plan names it. */
function imagesOf(plan: BuildPlan, units: readonly PlannedUnit[]): readonly string[] {
  const names = new Set(units.map(({ name }) => name));
  const isWanted = (users: readonly string[]) => users.some((name) => names.has(name));
  const looked = plan.runtimeImages.filter((like) => isWanted(builtWith(like, plan)));
  return [
    ...plan.bases.filter(({ units: users }) => isWanted(users)).flatMap(imagesOfBase),
    ...looked.map(({ image }) => image),
  ];
}

/** What is recorded of a base. */
export function recordBase(
  base: PlannedBase,
  images: ReadonlyMap<string, ImageIdentity>,
): RecordedBase {
  const recorded = (name: string): RecordedImage => ({ name, ...images.get(name) });
  if (base.kind === 'image') return { kind: 'image', ...recorded(base.image) };
  const { kind, path, text } = base;
  const names = [...new Set(imagesOfBase(base))].sort();
  return { kind, path, content: shortHash(text), images: names.map(recorded) };
}
