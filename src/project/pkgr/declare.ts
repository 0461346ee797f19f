import type { Diagnostic } from '../../diagnostics/index.js';
import type { PkgrManifest, PkgrPackages, PkgrSection, PkgrUnit } from '../../manifest/index.js';
import type { Declaration, UnitDeclaration } from '../declaration.js';
import { type Located, type OsPackages, packageManagers, type Verify } from '../unit.js';

/**
 * Joins what pkgr.yml says for all units with what it says for each.
 *
 * A unit's runtime, architecture, base, pipconf, prune, bytecode and installer replace the global ones; its lists come after
 * them. `requirements` and `include` of global are for functions: a layer has only its own, because
 * what every function has already would be in Lambda twice.
 */
export function declarePkgr(
  manifest: PkgrManifest,
  report: (diagnostic: Diagnostic) => void,
): Declaration {
  const { global, output } = manifest;
  const exclude = values(global.exclude);
  refuseTwoBases(global, '"global"', report);
  return {
    ...(output && { output }),
    exclude,
    units: manifest.units.map((unit) => {
      refuseTwoBases(unit, `${unit.kind} ${JSON.stringify(unit.name)}`, report);
      return declareUnit(unit, global, exclude);
    }),
  };
}

/** One unit, with what holds for all of them. */
export function declareUnit(
  unit: PkgrUnit,
  global: PkgrSection,
  exclude: readonly string[],
): UnitDeclaration {
  const runtime = unit.runtime ?? global.runtime;
  const architecture = unit.architecture ?? global.architecture;
  const pipconf = unit.pipconf ?? global.pipconf;
  const prune = unit.prune ?? global.prune;
  const bytecode = unit.bytecode ?? global.bytecode;
  const installer = unit.installer ?? global.installer;
  const runtimeImage = unit.runtimeImage ?? global.runtimeImage;
  const verifyImage = unit.verifyImage ?? global.verifyImage;
  const verify = joinVerify(global.verify, unit.verify);
  const base = baseOf(unit) ?? baseOf(global);
  const shared = unit.kind === 'function' ? global : undefined;
  const refuses = (key: string) => unit.refused.has(key) || global.refused.has(key);
  return {
    kind: unit.kind,
    name: unit.name,
    at: unit.at,
    ...(runtime && { runtime }),
    ...(architecture && { architecture }),
    ...(base && { base }),
    packages: joinPackages(global.packages, unit.packages),
    requirements: [...(shared?.requirements ?? []), ...unit.requirements],
    include: [...(shared?.include ?? []), ...unit.include],
    exclude: [...exclude, ...values(unit.exclude)],
    ...(prune && { prune }),
    ...(bytecode && { bytecode }),
    ...(installer && { installer: installer.value }),
    libs: [...global.libs, ...unit.libs],
    bins: [...global.bins, ...unit.bins],
    buildEnvironment: { ...global.buildEnvironment, ...unit.buildEnvironment },
    ...(runtimeImage && { runtimeImage }),
    ...(verifyImage && { verifyImage }),
    ...(verify && { verify }),
    ...(pipconf && { pipconf }),
    ...(unit.handler && { handler: unit.handler }),
    layers: unit.layers,
    audit: { ...global.audit, ...unit.audit },
    refused: {
      runtime: refuses('runtime'),
      content: ['requirements', 'include', 'libs', 'bins'].some(refuses),
    },
  };
}

/** A unit decides whether, and adds to the variables. */
function joinVerify(global: Verify | undefined, own: Verify | undefined): Verify | undefined {
  if (global === undefined || own === undefined) return own ?? global;
  return { mode: own.mode, environment: { ...global.environment, ...own.environment } };
}

function baseOf({ image, dockerfile }: PkgrSection): UnitDeclaration['base'] {
  if (dockerfile !== undefined) return { kind: 'dockerfile', ...dockerfile };
  return image && { kind: 'image', name: image };
}

/** A unit is built on one thing. */
export function refuseTwoBases(
  { image, dockerfile }: PkgrSection,
  name: string,
  report: (diagnostic: Diagnostic) => void,
): void {
  if (image === undefined || dockerfile === undefined) return;
  report({
    code: 'invalid-value',
    severity: 'error',
    message: `${name} has both an image and a dockerfile`,
    at: dockerfile.at,
    hint: 'keep one of them; a Dockerfile names its own image in FROM',
  });
}

function joinPackages(one: PkgrPackages, other: PkgrPackages): OsPackages {
  const all = [one, other];
  const any = all.flatMap((packages) => packages.any);
  const byManager = packageManagers
    .map(
      (manager) => [manager, all.flatMap((packages) => packages.byManager[manager] ?? [])] as const,
    )
    .filter(([, names]) => names.length > 0);
  const first = any[0] ?? byManager[0]?.[1][0];
  const named = [...any, ...byManager.flatMap(([, names]) => names)];
  const places = Object.fromEntries(named.map(({ value, at }) => [value, at]));
  return {
    any: unique(any),
    byManager: Object.fromEntries(byManager.map(([manager, names]) => [manager, unique(names)])),
    ...(first && { at: first.at, places }),
  };
}

function unique(names: readonly Located<string>[]): readonly string[] {
  return [...new Set(values(names))];
}

function values<T>(located: readonly Located<T>[]): readonly T[] {
  return located.map(({ value }) => value);
}
