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
        // Of two licences or READMEs one is enough.
        severity: files.some(({ name }) => isRun(name)) ? 'warning' : 'notice',
        ...says('has', 'have', more.length > 0 ? many : line(first)),
        ...(more.length > 0 && { details: cut(files.map(line)) }),
        hint: hintFor(first),
      },
    ];
  });
}

/** How the step that packs a zip calls what is carried from the image. */
const CARRIED = 'libraries';

function placeOf(owner: string): string {
  return owner === CARRIED ? 'image' : owner;
}

/** Modules, libraries and programs, which have no other ending. */
function isRun(name: string): boolean {
  return /\.(py|pyc|so(\.[\d.]+)?)$/.test(name) || !/\.[^/]+$/.test(name);
}

function hintFor({ of, by }: ReplacedFile): string {
  if (of === CARRIED || by === CARRIED) {
    return 'rename one of the two: in lambda_lib or lambda_bin of the image, in libs or bins, or in the project';
  }
  const rename = 'rename yours, or put it into a package of your own, so that both are there';
  return by === 'code'
    ? `${rename}; if it is meant to replace the other, write audit: {replaced-file: ignore}`
    : rename;
}
