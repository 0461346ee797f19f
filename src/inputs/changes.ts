import type { Artifact, Change, UnitInputs } from '../artifacts/index.js';
import { changed } from './changed.js';
import { codeChanges } from './code-changes.js';
import { baseChanges, imageChanges } from './image-changes.js';
import { inputChanges } from './input-changes.js';
import { libraryChanges, packageChanges } from './package-changes.js';
import { requirementChanges } from './requirement-changes.js';

/** What two builds of a unit are compared by. */
export type Compared = Pick<Artifact, 'base' | 'packages' | 'libraries' | 'inputs'>;

/**
 * What has changed of all that a unit is made of, what people write first. What is recorded of only
 * one of the two is not compared: an earlier pkgr, or another engine, may have known less.
 */
export function changesBetween(before: Compared, now: Compared): readonly Change[] {
  const [one, other] = [before.inputs, now.inputs];
  const known = one !== undefined && other !== undefined;
  const changes = [
    ...(known ? fileChanges(one, other) : []),
    ...packageChanges(before.packages, now.packages),
    ...baseChanges(before.base, now.base),
    ...(known ? inputChanges(one.baseFiles ?? [], other.baseFiles ?? []) : []),
    ...(known ? otherChanges(one, other) : []),
    ...libraryChanges(before.libraries, now.libraries),
  ];
  // A file can be packed in several places.
  return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()];
}

/** Of a requirements file whose lines have changed, it is the lines that are told. */
function fileChanges(before: UnitInputs, now: UnitInputs): readonly Change[] {
  const requirements = requirementChanges(before.requirements, now.requirements);
  const read = new Set(
    requirements.map((change) => (change.kind === 'requirement' ? change.file : '')),
  );
  const isTold = (change: Change) => change.kind === 'file' && read.has(change.path);
  return [...codeChanges(before.code, now.code), ...requirements].filter((each) => !isTold(each));
}

function otherChanges(before: UnitInputs, now: UnitInputs): readonly Change[] {
  return [
    ...osPackageChanges(before.osPackages, now.osPackages),
    ...imageChanges(before.runtimeImage, now.runtimeImage),
    ...optionChanges(before, now),
    ...pkgrChanges(before, now),
  ];
}

function osPackageChanges(
  before: UnitInputs['osPackages'] = [],
  now: UnitInputs['osPackages'] = [],
): readonly Change[] {
  const change = (names: readonly string[], others: readonly string[], is: 'added' | 'removed') =>
    names
      .filter((name) => !others.includes(name))
      .map((name): Change => ({ kind: 'os-package', name, change: is }));
  return [...change(now, before, 'added'), ...change(before, now, 'removed')];
}

function optionChanges(before: UnitInputs, now: UnitInputs): readonly Change[] {
  const [one, other] = [before, now].map(
    ({ engine, options }): Readonly<Record<string, string>> => ({ engine, ...options }),
  );
  const names = [...new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])].sort();
  return names.flatMap((name) => {
    const [from, to] = [one?.[name], other?.[name]];
    return from === to ? [] : [changed({ kind: 'option', name }, from, to)];
  });
}

function pkgrChanges(before: UnitInputs, now: UnitInputs): readonly Change[] {
  if (before.programs === now.programs && before.pkgr === now.pkgr) return [];
  return [{ kind: 'pkgr', from: before.pkgr, to: now.pkgr }];
}
