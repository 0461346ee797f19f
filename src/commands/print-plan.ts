import type { BuildPlan, DependencySet, PlannedUnit } from '../api/index.js';

/** A plan for people: each unit with what it is made of, shared things by their names. */
export function printPlan(plan: BuildPlan, units: readonly PlannedUnit[]): string {
  const lines = units.flatMap((unit) => [...unitLines(plan, unit), '']);
  const sets = plan.dependencySets.length;
  lines.push(
    `${count(units.length, 'unit')}, ${count(plan.bases.length, 'base image')}, ` +
      `${count(sets, 'dependency set')}, zips in ${plan.output}/`,
  );
  return lines.join('\n');
}

function unitLines(plan: BuildPlan, unit: PlannedUnit): readonly string[] {
  const base = plan.bases.find(({ id }) => id === unit.base);
  const set = plan.dependencySets.find(({ id }) => id === unit.dependencies);
  const libraries = plan.librarySets.find(({ id }) => id === unit.libraries);
  const system = plan.systems.find(({ id }) => id === (set?.on ?? libraries?.on));
  const rows: (readonly [string, string])[] = [
    [
      'runtime',
      `${unit.runtime === 'any' ? "the image's Python" : unit.runtime}, ${unit.architecture}`,
    ],
    ['image', base === undefined ? '' : imageText(plan, base)],
  ];
  if (unit.handler !== undefined) rows.push(['handler', unit.handler]);
  if (unit.layers.length > 0) {
    const names = unit.layers.map((layer) => (layer.kind === 'unit' ? layer.name : layer.arn));
    rows.push(['layers', names.join(' ')]);
  }
  if (system !== undefined) {
    const { any, byManager } = system.packages;
    const named = Object.entries(byManager).map(
      ([manager, names]) => `${manager}: ${names.join(' ')}`,
    );
    rows.push(['OS packages', [...(any.length > 0 ? [any.join(' ')] : []), ...named].join('; ')]);
  }
  if (set !== undefined) rows.push(['dependencies', dependencyText(set)]);
  if (unit.prune !== undefined) rows.push(['pruned', unit.prune.join(' ')]);
  if (libraries !== undefined) {
    const { auto, libs, bins } = libraries;
    const carried = [...(auto ? ['all that are needed'] : []), ...libs, ...bins];
    if (carried.length > 0) rows.push(['libraries', carried.join(' ')]);
  }
  for (const { copies, exclude } of unit.code) {
    for (const { kind, from, to } of copies) {
      const slash = kind === 'contents' ? '/' : '';
      rows.push(['files', `${from === '' ? '.' : from}${slash} -> /${to}`]);
    }
    if (exclude.length > 0) rows.push(['without', exclude.join(' ')]);
  }
  rows.push(['output', unit.zip]);
  return [
    `${unit.kind} ${unit.name}`,
    ...rows.map(([label, value]) => `  ${label.padEnd(13)} ${value}`),
  ];
}

function imageText({ contexts }: BuildPlan, base: BuildPlan['bases'][number]): string {
  if (base.kind === 'image') return base.image;
  const { path, target, args = {} } = base;
  const context = contexts.find(({ id }) => id === base.context)?.path;
  const details = [
    ...(target === undefined ? [] : [`stage ${target}`]),
    ...(context === undefined ? [] : [`context ${context}`]),
    ...Object.entries(args).map(([name, value]) => `${name}=${value}`),
  ];
  return `built from ${path}${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
}

function dependencyText(set: DependencySet): string {
  const parts = set.requirements.map((requirement) =>
    requirement.kind === 'file' ? requirement.path : requirement.text,
  );
  const shared = set.units.length > 1 ? `, shared by ${set.units.length} units` : '';
  return `${set.id} (${parts.join(', ')}${shared})`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
