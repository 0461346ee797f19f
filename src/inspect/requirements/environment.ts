import type { InstalledPackage } from '../packages/index.js';

/** What a zip runs on, as far as it is known. */
export interface Target {
  /** Such as `3.13`. */
  readonly python?: string;
  /** As wheels and markers call it. */
  readonly machine?: 'x86_64' | 'aarch64';
}

/** The values of PEP 508's variables on Lambda; one that is not known is absent. */
export type MarkerValues = ReadonlyMap<string, string>;

/** @see https://peps.python.org/pep-0508/#environment-markers */
export function markerValues({ python, machine }: Target): MarkerValues {
  const values = new Map([
    ['os_name', 'posix'],
    ['sys_platform', 'linux'],
    ['platform_system', 'Linux'],
    ['platform_python_implementation', 'CPython'],
    ['implementation_name', 'cpython'],
  ]);
  if (machine !== undefined) values.set('platform_machine', machine);
  if (python !== undefined) values.set('python_version', python);
  return values;
}

/** Older spellings (PEP 345). */
export const olderNames: Readonly<Record<string, string>> = {
  'os.name': 'os_name',
  'sys.platform': 'sys_platform',
  'platform.machine': 'platform_machine',
  'platform.python_implementation': 'platform_python_implementation',
  python_implementation: 'platform_python_implementation',
};

/** What wheels of a zip were made for; the rest of what a zip without a project tells of its runtime. */
export function targetOfWheels(packages: readonly InstalledPackage[]): Target {
  const tags = packages.flatMap(({ tags }) => tags).filter((tag) => !tag.includes('-abi3-'));
  const python = firstMatch(tags, /^cp3(\d+)-cp/);
  const machine = firstMatch(
    packages.flatMap((each) => each.tags),
    /_(x86_64|aarch64)$/,
  );
  return {
    ...(python !== undefined && { python: `3.${python}` }),
    ...((machine === 'x86_64' || machine === 'aarch64') && { machine }),
  };
}

function firstMatch(texts: readonly string[], pattern: RegExp): string | undefined {
  for (const text of texts) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
