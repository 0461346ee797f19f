import { Problem } from './problem.js';

/** What counts of an entry when it is laid over others. */
interface Named {
  readonly kind: 'file' | 'link' | 'folder';
  readonly name: string;
}

/** Entries that came from one place, which messages call by its label. */
export interface Layer<Entry extends Named> {
  readonly label: string;
  readonly entries: readonly Entry[];
}

/**
 * Lays layers over one another, as COPY and templates/layering.py do: of two files of one name the
 * later one stays; a folder has an entry of its own only where nothing is in it.
 * @throws Problem where one layer has a file and another a folder of the same name
 */
export function layered<Entry extends Named>(layers: readonly Layer<Entry>[]): readonly Entry[] {
  const chosen = new Map<string, { readonly entry: Entry; readonly layer: Layer<Entry> }>();
  const folders = new Map<string, Layer<Entry>>();
  for (const layer of layers) {
    for (const entry of layer.entries) {
      const { name, kind } = entry;
      const present = chosen.get(name);
      if (present !== undefined && (present.entry.kind === 'folder') !== (kind === 'folder')) {
        throw kind === 'folder'
          ? bothKinds(name, present.layer, layer)
          : bothKinds(name, layer, present.layer);
      }
      if (present === undefined || kind !== 'folder') chosen.set(name, { entry, layer });
      for (
        let folder = parentOf(name);
        folder !== '' && !folders.has(folder);
        folder = parentOf(folder)
      ) {
        folders.set(folder, layer);
      }
    }
  }
  for (const [name, layer] of folders) {
    const present = chosen.get(name);
    if (present !== undefined && present.entry.kind !== 'folder') {
      throw bothKinds(name, present.layer, layer);
    }
  }
  return [...chosen.values()].flatMap(({ entry }) => (folders.has(entry.name) ? [] : entry));
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}

function bothKinds(name: string, file: Layer<Named>, folder: Layer<Named>): Problem {
  return new Problem(
    'build-failed',
    `${name} is a file in ${file.label} and a folder in ${folder.label}`,
    'rename one, or leave it out with exclude',
  );
}
