import type { MissingLibrary } from '../../artifacts/index.js';
import type { Finding } from '../finding.js';
import { misfits } from '../misfits.js';
import { isOutside, missingLibraries } from '../missing-libraries.js';
import type { Subject } from '../subject.js';
import { cut, says } from '../words.js';

/** Paths that a line to be copied into a manifest may have. */
const PATHS = 3;

/**
 * Libraries that something in the zip needs and that neither it, nor Lambda, nor the zips beside it
 * have. With a layer whose content is not known nothing is certain, so that it is only a notice.
 */
export function missingLibrary(subject: Subject): readonly Finding[] {
  // What was made for Alpine is told of by itself, and its C library is none that could be added.
  const isMade = misfits(subject, 'system').length > 0;
  const missing = missingLibraries(subject).filter(
    ({ library, rpath }) => !isOutside(rpath) && !(isMade && isMusl(library)),
  );
  const isDoubtful =
    subject.unknown.length > 0 || subject.surroundings.some(({ hasUnknown }) => hasUnknown);
  const severity = isDoubtful ? 'notice' : 'warning';
  return [
    ...inImage(
      missing.filter(({ path }) => path !== undefined),
      subject,
    ),
    ...nowhere(missing.filter(({ path }) => path === undefined)),
  ].map((finding) => ({ ...finding, code: 'missing-library', severity }));
}

type Told = Omit<Finding, 'code' | 'severity'>;

/** Libraries that could be carried, because the image has them. */
function inImage(libraries: readonly MissingLibrary[], { unit }: Subject): readonly Told[] {
  if (libraries.length === 0) return [];
  const paths = libraries.map(({ path }) => JSON.stringify(path));
  const exact = paths.length > PATHS ? '' : `, or libs: [${paths.join(', ')}]`;
  const layer =
    unit.kind === 'layer' || unit.layers.length > 0
      ? 'or nothing, if a layer brings'
      : 'or name the layer that brings';
  return [
    {
      ...needs(libraries, 'neither the zip nor Lambda has'),
      hint: `write libs: auto${exact}; ${layer} ${libraries.length > 1 ? 'them' : 'it'}`,
    },
  ];
}

/** Libraries that are nowhere, so that somebody has to say where they come from. */
function nowhere(libraries: readonly MissingLibrary[]): readonly Told[] {
  if (libraries.length === 0) return [];
  const [them, belong] = libraries.length > 1 ? ['them', 'they belong'] : ['it', 'it belongs'];
  return [
    {
      ...needs(libraries, 'neither the zip nor Lambda nor the image has'),
      hint: libraries.some(({ library }) => isMusl(library))
        ? 'it was made for Alpine, whose C library Lambda does not have: build in an image with glibc'
        : `name the OS package that ${belong} to under packages, and write libs: auto to carry ${them}`,
    },
  ];
}

/** `needs libpq.so.5 and 2 more libraries, which`, up to who does not have it. */
function needs(
  libraries: readonly MissingLibrary[],
  lacking: string,
): Pick<Finding, 'one' | 'many' | 'details'> {
  const more = libraries.length - 1;
  const others = more > 0 ? ` and ${more} more ${more > 1 ? 'libraries' : 'library'}` : '';
  const what = `${libraries[0]?.library}${others}, which ${lacking}`;
  return { ...says('needs', 'need', what), details: libraryLines(libraries) };
}

/** A line for each library that a file needs, and one for those that only other libraries need. */
function libraryLines(libraries: readonly MissingLibrary[]): readonly string[] {
  const direct = libraries.filter(({ files }) => files.length > 0);
  const lines = direct.map((missing) => {
    const origin = originOf(missing);
    const from = origin === '' ? '' : ` of the OS package ${origin}`;
    return `${missing.library}${from}, needed by ${missing.files.join(', ')}`;
  });
  const indirect = libraries
    .filter(({ files }) => files.length === 0)
    .map((missing) => {
      const origin = originOf(missing);
      return origin === '' ? missing.library : `${missing.library} (${origin})`;
    });
  const inTurn = indirect.length === 0 ? [] : [`and in turn ${cut(indirect).join(', ')}`];
  return [...cut(lines), ...inTurn];
}

/** Name and version of the OS package; empty when no package has it. */
function originOf({ package: owner, version }: MissingLibrary): string {
  return owner === undefined ? '' : [owner, version ?? []].flat().join(' ');
}

function isMusl(library: string): boolean {
  return /^(libc\.musl-|ld-musl-)/.test(library);
}
