import type { Diagnostic } from '../../diagnostics/index.js';
import type { PkgrManifest, PkgrSection, PkgrUnit } from '../../manifest/index.js';
import type { Declaration, IncludeDeclaration, UnitDeclaration } from '../declaration.js';
import type { Tree } from '../paths/tree.js';
import { declareUnit, refuseTwoBases } from '../pkgr/declare.js';
import { deletedByJuniper } from '../prune.js';
import type { Located, UnitRuntime } from '../unit.js';
import { runtimeOfImage } from './image-runtime.js';
import { deletedIncludes, includedRequirements, juniperIncludes } from './include.js';

/**
 * What a juniper manifest says, with what juniper does without being told.
 * @see https://github.com/eabglobal/juniper, juniper/actions.py and juniper/artifacts/package.sh
 */
export function declareJuniper(
  manifest: PkgrManifest,
  report: (diagnostic: Diagnostic) => void,
  tree: Tree,
): Declaration {
  const { global, output } = manifest;
  refuseTwoBases(global, '"global"', report);
  const included = manifest.units.map((unit) =>
    unit.include.flatMap(({ from }) => juniperIncludes(tree, from, report)),
  );
  const exclude = [...global.exclude.map(({ value }) => value), ...hiddenFiles(included.flat())];
  return {
    ...(output && { output }),
    exclude,
    cleansOutput: true,
    units: manifest.units.map((unit, index) => {
      refuseTwoBases(unit, `${unit.kind} ${JSON.stringify(unit.name)}`, report);
      const declared = declareUnit(unit, global, exclude);
      return withConventions(unit, global, declared, included[index] ?? [], { report, tree });
    }),
  };
}

interface Surroundings {
  readonly report: (diagnostic: Diagnostic) => void;
  readonly tree: Tree;
}

function withConventions(
  unit: PkgrUnit,
  global: PkgrSection,
  declared: UnitDeclaration,
  include: readonly IncludeDeclaration[],
  { report, tree }: Surroundings,
): UnitDeclaration {
  // The shell's `common/*` leaves out names that begin with a dot, at the top only.
  const excludeInZip = [unit.kind === 'layer' ? 'python/.*' : '.*', ...deletedByJuniper];
  for (const told of deletedIncludes(tree, include, ['.*', ...deletedByJuniper])) report(told);
  const named = unit.requirements.map((file) => ({ ...file, kind: 'file' as const }));
  const requirements = named.length > 0 ? undefined : includedRequirements(tree, include);
  return {
    ...declared,
    runtime: runtimeOf(unit, global, declared, report),
    requirements: requirements === undefined ? named : [requirements],
    include,
    excludeInZip,
    refused: {
      ...declared.refused,
      // What a glob does not match has been told.
      content: declared.refused.content || unit.include.length > 0,
    },
  };
}

/**
 * Juniper's manifests name no runtime: the image's name tells it, or the image is asked when pip
 * runs. Without any image it is juniper's default.
 */
function runtimeOf(
  unit: PkgrUnit,
  global: PkgrSection,
  { base, at }: UnitDeclaration,
  report: (diagnostic: Diagnostic) => void,
): Located<UnitRuntime> {
  if (unit.runtime !== undefined) return unit.runtime;
  const ofImage = base?.kind === 'image' ? runtimeOfImage(base.name, report) : undefined;
  if (unit.image !== undefined && ofImage !== undefined && ofImage.value !== 'any') return ofImage;
  if (global.runtime !== undefined) return global.runtime;
  if (base === undefined) return { value: 'python3.6', at };
  return ofImage ?? { value: 'any', at: base.kind === 'image' ? base.name.at : base.at };
}

/**
 * Files at the top whose names begin with a dot, as a pattern, when the whole project is included:
 * they are never packed, and a .git or .venv is large. Not when something of them is included.
 */
function hiddenFiles(includes: readonly IncludeDeclaration[]): readonly string[] {
  const paths = includes.map(({ from }) => from.value);
  const isWanted = paths.some((path) => path !== './' && path.startsWith('.'));
  return paths.includes('./') && !isWanted ? ['.*'] : [];
}
