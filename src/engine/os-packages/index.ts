/**
 * OS packages that pip lacks: from the log of a failed step to what is missing, and from that to the
 * line of a manifest that installs it. docs/reference/os-packages.md is written from these lists.
 */
import { clientNeeds } from './clients.js';
import { computingNeeds } from './computing.js';
import { formatNeeds } from './formats.js';
import type { OsPackageNeed } from './need.js';
import { toolNeeds } from './tools.js';

export type { OsPackageNeed } from './need.js';

/**
 * What packages that are compiled most often lack, the most telling first: a compiler's own words
 * come last, since a missing library often looks like a compiler that failed.
 */
export const osPackageNeeds: readonly OsPackageNeed[] = [
  ...clientNeeds,
  ...formatNeeds,
  ...computingNeeds,
  ...toolNeeds,
];

/** What a log says is missing, the most telling first; undefined when nothing is known. */
export function missingOsPackage(log: string): OsPackageNeed | undefined {
  return osPackageNeeds.find(({ signs }) => signs.some((sign) => sign.test(log)));
}

/** What installs it in an image of one's own, by the package manager of the image. */
export function installLines({ aptGet, dnf, apk }: OsPackageNeed): string {
  const lines = { 'apt-get install': aptGet, 'dnf install': dnf, 'apk add': apk };
  return Object.entries(lines)
    .map(([command, names]) => [command, ...names].join(' '))
    .join('; ');
}

/** What to write into a manifest for it; each package manager takes the list that is its own. */
export function packagesLine({ aptGet, dnf, yum, apk }: OsPackageNeed): string {
  const lists = { 'apt-get': aptGet, dnf, ...(yum && { yum }), apk };
  const texts = Object.entries(lists).map(
    ([manager, names]) => `${manager}: [${names.join(', ')}]`,
  );
  return `packages: {${texts.join(', ')}}`;
}
