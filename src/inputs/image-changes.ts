import type { Change, RecordedBase, RecordedImage } from '../artifacts/index.js';
import { changed } from './changed.js';

/** What has changed of what a unit is built on. */
export function baseChanges(
  before: RecordedBase | undefined,
  now: RecordedBase | undefined,
): readonly Change[] {
  if (before === undefined || now === undefined) return [];
  if (before.kind === 'image' && now.kind === 'image') return imageChanges(before, now);
  if (before.kind === 'dockerfile' && now.kind === 'dockerfile' && before.path === now.path) {
    const file: readonly Change[] =
      before.content === now.content ? [] : [{ kind: 'file', path: now.path, change: 'changed' }];
    return [...file, ...imagesChanges(before.images, now.images)];
  }
  return [{ kind: 'image', from: nameOf(before), to: nameOf(now) }];
}

/** Another image, or another one under its name. */
export function imageChanges(
  before: RecordedImage | undefined,
  now: RecordedImage | undefined,
): readonly Change[] {
  if (before?.name !== now?.name) {
    return [changed({ kind: 'image' }, before?.name, now?.name)];
  }
  const [from, to] = [identityOf(before), identityOf(now)];
  if (from === undefined || to === undefined || from === to) return [];
  return [{ kind: 'image', ...(now && { name: now.name }), from, to }];
}

/** Images of a Dockerfile: a name that came or went is in its text. */
function imagesChanges(
  before: readonly RecordedImage[],
  now: readonly RecordedImage[],
): readonly Change[] {
  return now.flatMap((image) => {
    const earlier = before.find(({ name }) => name === image.name);
    return earlier === undefined ? [] : imageChanges(earlier, image);
  });
}

function identityOf(image: RecordedImage | undefined): string | undefined {
  return image?.digest ?? image?.id;
}

function nameOf(base: RecordedBase): string {
  return base.kind === 'image' ? base.name : base.path;
}
