import { type Diagnostic, nearest } from '../../diagnostics/index.js';
import type { SoclessOptions } from '../../manifest/index.js';
import type {
  IncludeDeclaration,
  RequirementDeclaration,
  UnitDeclaration,
} from '../declaration.js';
import { ignorePatterns, withAllBelow } from '../ignore-patterns/index.js';
import { follow } from '../paths/follow.js';
import { readPath } from '../paths/path.js';
import type { Tree } from '../paths/tree.js';
import type { Located } from '../unit.js';

const defaultRequirementsFile = 'requirements.txt';
const defaultGlobalRequirements = './functions/requirements.txt';

/** The function's own requirements file, found in the code it includes, then the global ones. */
export function functionRequirements(
  options: SoclessOptions,
  includes: readonly IncludeDeclaration[],
  tree: Tree,
): readonly RequirementDeclaration[] {
  const global: readonly Located<string>[] =
    options.globalRequirements ??
    (isFile(tree, defaultGlobalRequirements)
      ? [{ value: defaultGlobalRequirements, at: options.at }]
      : []);
  return [...requirementsIn(options, includes, tree), ...global.map(asFile)];
}

/** The requirements file in included code; none where there is none. */
export function requirementsIn(
  options: SoclessOptions,
  includes: readonly IncludeDeclaration[],
  tree: Tree,
): readonly RequirementDeclaration[] {
  const own = ownRequirements(options, includes, tree);
  return own === undefined ? [] : [asFile(own)];
}

function asFile(file: Located<string>): RequirementDeclaration {
  return { ...file, kind: 'file' };
}

/** Of several files that would lie in one place of the zip, the last one does. */
function ownRequirements(
  { requirementsFile }: SoclessOptions,
  includes: readonly IncludeDeclaration[],
  tree: Tree,
): Located<string> | undefined {
  const name = requirementsFile?.value ?? defaultRequirementsFile;
  const found = includes.flatMap(({ from, exclude = [] }): readonly Located<string>[] => {
    const path = from.value.endsWith('/') ? `${from.value}${name}` : from.value;
    const isIt = from.value.endsWith('/') || path.slice(path.lastIndexOf('/') + 1) === name;
    if (!isIt || !isFile(tree, path)) return [];
    const isLeftOut = ignorePatterns(withAllBelow(exclude)).excludes(pathOf(path) ?? '');
    return isLeftOut ? [] : [{ value: path, at: from.at }];
  });
  return found.at(-1);
}

/** A name that is given and that no function's code has a file of is a slip. */
export function requirementsFileProblems(
  { requirementsFile }: SoclessOptions,
  units: readonly UnitDeclaration[],
  tree: Tree,
): readonly Diagnostic[] {
  if (requirementsFile === undefined || requirementsFile.value === defaultRequirementsFile)
    return [];
  const { value, at } = requirementsFile;
  const has = ({ requirements }: UnitDeclaration) =>
    requirements.some((one) => `/${one.value}`.endsWith(`/${value}`));
  if (units.length === 0 || units.some(has)) return [];
  const names = units.flatMap(({ include }) =>
    include.flatMap(({ from }) => tree.names(pathOf(from.value) ?? '')),
  );
  const meant =
    nearest(value, new Set(names)) ?? names.find((name) => /require.*\.txt$/.test(name));
  return [
    {
      code: 'missing-file',
      severity: 'error',
      message: `no function has a requirements file ${JSON.stringify(value)}`,
      at,
      hint: meant === undefined ? 'remove requirementsFile, or add one' : `did you mean ${meant}?`,
    },
  ];
}

function isFile(tree: Tree, value: string): boolean {
  const path = pathOf(value);
  return path !== undefined && follow(tree, path).kind === 'file';
}

function pathOf(value: string): string | undefined {
  const reading = readPath(value, 'the project folder');
  return reading.kind === 'path' ? reading.path : undefined;
}
