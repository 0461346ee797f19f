import type { Group, InspectedZip, Spare } from './inspection.js';
import { packageKey } from './packages/index.js';
import type { Reason } from './requirements/index.js';

/**
 * What Lambda's Python runtimes bring: the AWS SDK and what it needs.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/python-package.html
 */
const sdk = new Set([
  'boto3',
  'botocore',
  's3transfer',
  'jmespath',
  'python-dateutil',
  'six',
  'urllib3',
]);

/** @param key a package's name as names are compared */
export function inRuntime(key: string): boolean {
  return sdk.has(key);
}

/**
 * What would go if the user's lines that ask for the SDK went: packages that the runtime has and that
 * no other line leads to. Only boto3 and botocore count as the SDK; six alone is no reason to rely on
 * what AWS packs.
 */
export function spareOf(groups: readonly Group[]): Spare | undefined {
  const isSdk = (reason: Reason) =>
    ['boto3', 'botocore'].includes(packageKey(reason.path[0] ?? ''));
  const packages = groups.filter(
    (group) => group.inRuntime && group.why.length > 0 && group.why.every(isSdk),
  );
  if (packages.length === 0) return undefined;
  const lines = packages.flatMap(({ why }) => why.filter(({ path }) => path.length === 1));
  return {
    packages,
    lines,
    unzipped: sum(packages, 'unzipped'),
    zipped: sum(packages, 'zipped'),
  };
}

function sum(groups: readonly Group[], size: 'unzipped' | 'zipped'): number {
  return groups.reduce((total, group) => total + group[size], 0);
}

/** The SDK that a zip brings although other packages ask for it: told, not counted as to be spared. */
export function sdkBesides({ groups, spare }: InspectedZip): readonly Group[] {
  const spared = new Set(spare?.packages);
  return groups.filter((group) => group.inRuntime && !spared.has(group));
}
