import type { Finding } from '../finding.js';
import { type Misfitting, misfits } from '../misfits.js';
import type { Subject } from '../subject.js';
import { andMore, cut, says } from '../words.js';

/** As wheels and ELF files call the processor of each architecture of Lambda. */
const machines = { x86_64: 'x86_64', arm64: 'aarch64' } as const;

/** Packages and files that were made for another processor. */
export function wrongArchitecture(subject: Subject): readonly Finding[] {
  const wrong = misfits(subject, 'machine', ['ELF']);
  if (wrong.length === 0) return [];
  const { architecture } = subject.unit;
  const names = wrong.map(({ name }) => name);
  const what = andMore(names, 'package or file', 'packages or files');
  return [
    {
      code: 'wrong-architecture',
      severity: 'warning',
      ...says('has', 'have', `${what}, made for another processor than ${architecture}`),
      details: cut(wrong.map(({ name, made }) => `${name}: ${made}`)),
      hint: hintFor(wrong, architecture),
    },
  ];
}

function hintFor(wrong: readonly Misfitting[], architecture: keyof typeof machines): string {
  const other = architecture === 'x86_64' ? 'arm64' : 'x86_64';
  const isOther = wrong.every(({ made }) => made.includes(machines[other]));
  const install = wrong.some(({ of }) => of === 'code')
    ? 'name the package in requirements instead of including it, so that pkgr installs it for the processor'
    : `drop --platform from the requirements, so that pip installs for ${architecture}`;
  return isOther
    ? `write architecture: ${other} if the function runs there; or ${install}`
    : install;
}
