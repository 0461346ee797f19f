import type { ReplacedFile } from '../../artifacts/index.js';
import type { Finding } from '../finding.js';
import type { Subject } from '../subject.js';
import { cut, says } from '../words.js';

/** Files that gave way to different ones of the same name: a finding for each two places. */
export function replacedFile({ digest }: Subject): readonly Finding[] {
  const { replaced = [], carried = [] } = digest.findings ?? {};
  const inImage = new Map(carried.map(({ name, path }) => [name, path]));
  const pairs = new Map<string, ReplacedFile[]>();
  for (const file of replaced) {
    const pair = `${file.by} ${file.of}`;
    pairs.set(pair, [...(pairs.get(pair) ?? []), file]);
  }
  return [...pairs.values()].flatMap((files): readonly Finding[] => {
    const [first, ...more] = files;
    if (first === undefined) return [];
    const from = (owner: string, { name }: ReplacedFile) =>
      `${(owner === CARRIED && inImage.get(name)) || name} of the ${placeOf(owner)}`;
    const line = (file: ReplacedFile) =>
      `${from(file.by, file)} in place of ${from(file.of, file)}`;
    const many = `${files.length} files of the ${placeOf(first.by)} in place of those of the ${placeOf(first.of)}`;
    return [
      {
        code: 'replaced-file',
        severity: 'warning',
        ...says('has', 'have', more.length > 0 ? many : line(first)),
        ...(more.length > 0 && { details: cut(files.map(line)) }),
        hint: 'rename one of the two: in lambda_lib or lambda_bin of the image, in libs or bins, or in the project',
      },
    ];
  });
}

/** How the step that packs a zip calls what is carried from the image. */
const CARRIED = 'libraries';

function placeOf(owner: string): string {
  return owner === CARRIED ? 'image' : owner;
}
