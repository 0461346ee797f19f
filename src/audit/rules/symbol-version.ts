import type { Fact } from '../../artifacts/index.js';
import type { Finding } from '../finding.js';
import { factsOf, nameOf } from '../misfits.js';
import type { Subject } from '../subject.js';
import { andMore, cut, says } from '../words.js';

type Lack = Extract<Fact, { kind: 'symbol-version' }>;

/** The first runtime on Amazon Linux 2023, and its C library. */
const NEWER = { minor: 12, glibc: [2, 34] } as const;

/** Files that require newer versions of the C or C++ library, or another, than there are. */
export function symbolVersion(subject: Subject): readonly Finding[] {
  const worst = newestOfEach(factsOf(subject, 'symbol-version'));
  const [first] = worst;
  if (first === undefined) return [];
  const { runtime } = subject.unit;
  const names = [...new Set(worst.map(nameOf))];
  const what = andMore(names, 'package or file', 'packages or files');
  const limit = isOfRuntime(first)
    ? `${first.version}: ${runtime === 'any' ? 'the runtime' : runtime} has up to ${first.has}`
    : `${first.version} of ${first.library}: there is ${first.has || 'no such'}`;
  return [
    {
      code: 'symbol-version',
      severity: 'warning',
      ...says(
        'has',
        'have',
        `${what}, which ${names.length > 1 ? 'require' : 'requires'} ${limit}`,
      ),
      details: cut(worst.map(lineOf)),
      hint: hintFor(worst, runtime),
    },
  ];
}

/** The newest version that each package, or file of none, requires of each family; newest first. */
function newestOfEach(lacks: readonly Lack[]): readonly Lack[] {
  const newest = new Map<string, Lack>();
  for (const lack of lacks) {
    const key = JSON.stringify([nameOf(lack), familyOf(lack.version)]);
    const known = newest.get(key);
    if (known === undefined || compare(known.version, lack.version) < 0) newest.set(key, lack);
  }
  const family = (one: Lack) => (familyOf(one.version) === 'GLIBC' ? 0 : 1);
  return [...newest.values()].sort(
    (one, other) => family(one) - family(other) || compare(other.version, one.version),
  );
}

function lineOf(lack: Lack): string {
  const { file, version, has, tags } = lack;
  const wheel = tags.length > 0 ? ` (${tags.join(', ')})` : '';
  const inFile = lack.package === undefined ? '' : `, in ${file}`;
  return `${nameOf(lack)}${wheel}: ${version}, there is ${has || 'none'}${inFile}`;
}

function hintFor(lacks: readonly Lack[], runtime: Subject['unit']['runtime']): string {
  const minor = Number(runtime.slice('python3.'.length));
  const glibc = lacks.filter(({ version }) => familyOf(version) === 'GLIBC');
  const fitsNewer =
    minor < NEWER.minor &&
    glibc.length === lacks.length &&
    glibc.every(({ version }) => compareNumbers(numbersOf(version), NEWER.glibc) <= 0);
  const newer = fitsNewer ? `, or take runtime: python3.${NEWER.minor} or later` : '';
  const wheels = lacks.filter(({ tags, of }) => of === 'packages' && isWheel(tags));
  if (wheels.length === 0) {
    return `build it in the runtime's own image (drop image or dockerfile)${newer}`;
  }
  const [first] = wheels;
  const at = first?.has.startsWith('GLIBC_') ? first.has.slice('GLIBC_'.length) : '2.17';
  return `pin ${first?.package ?? 'it'} to a version with wheels for manylinux_${at.replace('.', '_')} or older, build in the runtime's own image, where pip chooses such wheels${newer}`;
}

/** A wheel that was made to be given away, not one that pip has built in the image. */
function isWheel(tags: readonly string[]): boolean {
  return tags.some((tag) => tag.includes('manylinux'));
}

function isOfRuntime({ version }: Lack): boolean {
  return ['GLIBC', 'GLIBCXX', 'CXXABI', 'GCC'].includes(familyOf(version));
}

function familyOf(version: string): string {
  return version.slice(0, Math.max(0, version.indexOf('_')));
}

function compare(one: string, other: string): number {
  return compareNumbers(numbersOf(one), numbersOf(other));
}

function numbersOf(version: string): readonly number[] {
  return (version.split('_').at(-1) ?? '').split('.').map((part) => Number(part) || 0);
}

function compareNumbers(one: readonly number[], other: readonly number[]): number {
  const index = [...one, ...other].findIndex((_, at) => (one[at] ?? 0) !== (other[at] ?? 0));
  return index < 0 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}
