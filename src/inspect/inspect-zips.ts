import type { OpenZip } from '../zip/index.js';
import { groupsOf, sizesOf } from './groups.js';
import type { InspectedZip, Inspection } from './inspection.js';
import type { KnownUnit } from './known-unit.js';
import { readPackages } from './packages/index.js';
import { markerValues, reasonsOf, type Target, targetOfWheels } from './requirements/index.js';
import { spareOf } from './runtime-has.js';
import { sharedGroups } from './shared.js';

/**
 * Tells what is in a zip, whose it is and why it is there.
 * @throws PkgrError when something that has to be read is not what the zip says of it
 */
export function inspectZip(zip: OpenZip, unit: KnownUnit): InspectedZip {
  const contents = readPackages(zip);
  const target = { ...targetOfWheels(contents.packages), ...targetOf(unit) };
  const reasons = reasonsOf(contents.packages, unit.project?.lines, markerValues(target));
  const groups = groupsOf(contents, unit, reasons);
  const spare = spareOf(groups);
  const { kind, name, path, layers } = unit;
  const runtime = unit.runtime ?? (target.python && `python${target.python}`);
  const architecture = unit.architecture ?? (target.machine && architectures[target.machine]);
  return {
    kind,
    name,
    path,
    ...(runtime !== undefined && { runtime }),
    ...(architecture !== undefined && { architecture }),
    layers,
    ...sizesOf(zip.entries),
    zipped: zip.size,
    groups,
    ...(spare && { spare }),
  };
}

/** What there is to tell of several zips together. */
export function inspectTogether(units: readonly InspectedZip[]): Inspection {
  return { units, shared: sharedGroups(units) };
}

const machines = { x86_64: 'x86_64', arm64: 'aarch64' } as const;
const architectures = { x86_64: 'x86_64', aarch64: 'arm64' } as const;

function targetOf({ runtime, architecture }: KnownUnit): Target {
  const python = /^python(3\.\d+)$/.exec(runtime ?? '')?.[1];
  return {
    ...(python !== undefined && { python }),
    ...(architecture !== undefined && { machine: machines[architecture] }),
  };
}
