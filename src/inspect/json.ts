import type { Group, InspectedZip, Inspection, SharedGroups } from './inspection.js';
import type { Reason } from './requirements/index.js';

/**
 * An inspection as `pkgr inspect --json` prints it; docs/reference/inspect.md documents it. `version`
 * changes when a field changes its meaning or goes; new fields may come without.
 */
export function inspectionJson({ units, shared }: Inspection) {
  return { version: 1 as const, units: units.map(unitJson), shared: shared.map(sharedJson) };
}

function unitJson(unit: InspectedZip) {
  const { kind, name, path, runtime, architecture, layers, groups, spare } = unit;
  return {
    kind,
    name,
    path,
    ...(runtime !== undefined && { runtime }),
    ...(architecture !== undefined && { architecture }),
    layers,
    ...sizesJson(unit),
    groups: groups.map(groupJson),
    ...(spare && {
      inRuntime: {
        packages: spare.packages.map(nameJson),
        lines: spare.lines.map(reasonJson),
        unzipped: spare.unzipped,
        zipped: spare.zipped,
      },
    }),
  };
}

function groupJson(group: Group) {
  const { kind, share, why, inRuntime } = group;
  return {
    kind,
    ...nameJson(group),
    ...sizesJson(group),
    // Ten thousandths are finer than anybody reads, and the same on every machine.
    share: Math.round(share * 10_000) / 10_000,
    ...(inRuntime && { inRuntime }),
    why: why.map(reasonJson),
  };
}

function sharedJson({ kind, units, groups, requirements, unzipped, zipped, saves }: SharedGroups) {
  return { kind, units, packages: groups.map(nameJson), requirements, unzipped, zipped, saves };
}

function nameJson({ name, version }: Group) {
  return { name, ...(version !== undefined && { version }) };
}

function sizesJson({ files, unzipped, zipped }: Pick<Group, 'files' | 'unzipped' | 'zipped'>) {
  return { files, unzipped, zipped };
}

function reasonJson({ line, path }: Reason) {
  return { ...(line && { ...line.at, text: line.text }), path };
}
