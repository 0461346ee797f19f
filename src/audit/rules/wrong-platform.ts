import type { Finding } from '../finding.js';
import { type Misfitting, misfits } from '../misfits.js';
import type { Subject } from '../subject.js';
import { andMore, cut, says } from '../words.js';

/** Packages and files that were made for another system than Lambda's. */
export function wrongPlatform(subject: Subject): readonly Finding[] {
  const wrong = misfits(subject, 'system', ['Mach-O', 'PE']);
  if (wrong.length === 0) return [];
  const names = wrong.map(({ name }) => name);
  const systems = [...new Set(wrong.map(({ made }) => systemOf(made)))].sort().join(' and ');
  const what = andMore(names, 'package or file', 'packages or files');
  return [
    {
      code: 'wrong-platform',
      severity: 'warning',
      ...says('has', 'have', `${what}, made for ${systems}, which Lambda is not`),
      details: cut(wrong.map(({ name, made }) => `${name}: ${made}`)),
      hint: hintFor(wrong),
    },
  ];
}

function systemOf(made: string): string {
  if (/macosx|darwin|Mach-O/.test(made)) return 'macOS';
  if (/musl/.test(made)) return 'Alpine (musl)';
  return /win|^PE/.test(made) ? 'Windows' : 'another system';
}

function hintFor(wrong: readonly Misfitting[]): string {
  if (wrong.some(({ of }) => of === 'code')) {
    return 'leave installed packages out of include, and name them in requirements, so that pkgr installs them for Lambda';
  }
  if (wrong.every(({ made }) => made.includes('musl'))) {
    return "build in an image with glibc, such as the runtime's own: Lambda has no musl";
  }
  return 'drop --platform from the requirements, so that pip installs for Lambda';
}
