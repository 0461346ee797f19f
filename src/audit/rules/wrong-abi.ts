import type { Finding } from '../finding.js';
import { type Misfitting, misfits } from '../misfits.js';
import type { Subject } from '../subject.js';
import { andMore, cut, says } from '../words.js';

/** Packages and extension modules that another Python than the runtime's can load. */
export function wrongAbi(subject: Subject): readonly Finding[] {
  const wrong = misfits(subject, 'python');
  if (wrong.length === 0) return [];
  const { runtime } = subject.unit;
  const names = wrong.map(({ name }) => name);
  const python = runtime === 'any' ? "the image's Python" : runtime;
  const what = andMore(names, 'package or module', 'packages or modules');
  return [
    {
      code: 'wrong-abi',
      severity: 'warning',
      ...says('has', 'have', `${what}, made for another Python than ${python}`),
      details: cut(wrong.map(({ name, made }) => `${name}: ${made}`)),
      hint: hintFor(wrong, python),
    },
  ];
}

function hintFor(wrong: readonly Misfitting[], python: string): string {
  const versions = new Set(wrong.map(({ made }) => /c(?:p|python-)3(\d+)/.exec(made)?.[1]));
  const [minor] = versions.size === 1 ? versions : [];
  const runtime = minor === undefined ? '' : `, or write runtime: python3.${minor}`;
  return wrong.some(({ of }) => of === 'code')
    ? `leave installed packages out of include, and name them in requirements, so that pkgr installs them for ${python}${runtime}`
    : `drop --python-version and --platform from the requirements, so that pip installs for ${python}${runtime}`;
}
