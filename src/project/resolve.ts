import type { Diagnostic, Location } from '../diagnostics/index.js';
import { bytecodeOf } from './bytecode.js';
import type { Declaration, UnitDeclaration } from './declaration.js';
import { defaultImage } from './default-image.js';
import { handlerProblems } from './handler.js';
import { includeResolver } from './include.js';
import { leftOutForAll, outsideLinksIn } from './include-links.js';
import { layerResolver } from './layers.js';
import { invalidNames, sameZips } from './names.js';
import { defaultOutput, includesInOutput, resolveOutput } from './output.js';
import { type OwnBaseReader, ownBaseReader } from './own-base/index.js';
import { checkFile } from './paths/check.js';
import type { Tree } from './paths/tree.js';
import { prunePatterns } from './prune.js';
import { requirementResolver } from './requirement-sources.js';
import { architectureProblems, deprecations, missingRuntime } from './runtime.js';
import { codeMeasure } from './small-code.js';
import type { Base, Include, Located, Project, Runtime, Unit, UnitRuntime } from './unit.js';

/** In a list of libraries: all that are needed. */
const AUTO = 'auto';

/** What surrounds a declaration. */
export interface Surroundings {
  readonly tree: Tree;
  /** The manifest's path below the root. */
  readonly manifest: string;
  /** Where to report what no single line is to blame for. */
  readonly manifestAt: Location;
  readonly dockerignore: readonly string[];
  readonly today: Date;
}

/** From what a manifest declares to units that can be planned: defaults filled in, paths checked. */
export async function resolveProject(
  {
    output: writtenOutput,
    outputKey = 'output',
    exclude,
    cleansOutput,
    units,
    ...rest
  }: Declaration,
  { tree, manifest, manifestAt, dockerignore, today }: Surroundings,
  report: (diagnostic: Diagnostic) => void,
): Promise<Project> {
  const reportAll = (diagnostics: readonly Diagnostic[]) => diagnostics.forEach(report);
  reportAll(invalidNames(units));
  reportAll(sameZips(units));
  reportAll(missingRuntime(units));
  reportAll(architectureProblems(units));
  reportAll(units.flatMap(withoutContent));
  reportAll(deprecations(runtimesOf(units), today));
  const output = resolveOutput(tree, writtenOutput, outputKey, manifestAt, report) ?? defaultOutput;
  const include = includeResolver(tree, report);
  const requirements = requirementResolver(tree.root, report);
  const isLeftOut = leftOutForAll({ dockerignore, exclude, units }, output);
  const problemsOf = outsideLinksIn(tree, { dockerignore }, isLeftOut);
  const hasSmallCode = codeMeasure(tree, isLeftOut);
  // Asked for all at once, so that their files are read side by side.
  const followed = await Promise.all(
    units.map(async (unit) => ({ unit, needs: await requirements(unit.requirements) })),
  );
  const ownBase = ownBaseReader(tree, report);
  const layersOf = layerResolver(units, report);
  const resolved: Unit[] = [];
  const includes = new Set<Include>();
  for (const { unit, needs } of followed) {
    const found = unit.include
      .map((item) => include(item, unit.kind))
      .filter((item) => item !== undefined);
    for (const item of found) {
      includes.add(item);
      reportAll(problemsOf(item, unit));
    }
    const pipconf = unit.pipconf && checkFile(tree, unit.pipconf, report);
    resolved.push({
      kind: unit.kind,
      name: unit.name,
      at: unit.at,
      runtime: runtimeOf(unit),
      architecture: unit.architecture?.value ?? 'x86_64',
      base: resolveBase(unit, ownBase),
      packages: unit.packages,
      requirements: needs,
      include: found,
      hasSmallCode: hasSmallCode(found),
      exclude: unit.exclude,
      excludeInZip: unit.excludeInZip ?? [],
      prune: prunePatterns(unit.prune ?? []),
      bytecode: bytecodeOf(unit, report),
      installer: unit.installer ?? 'uv',
      ...carriedLibs(unit),
      ...(unit.runtimeImage && { runtimeImage: unit.runtimeImage }),
      verify: unit.verify ?? { mode: 'imports', environment: {} },
      ...(unit.verifyImage && { verifyImage: unit.verifyImage }),
      bins: unit.bins,
      buildEnvironment: unit.buildEnvironment,
      secretEnvironment: unit.secretEnvironment ?? [],
      offersSsh: unit.offersSsh === true,
      installsSeparately: unit.installsSeparately === true,
      packagesOverCode: unit.packagesOverCode === true,
      ...(unit.pipconf && pipconf && { pipconf: { value: pipconf.path, at: unit.pipconf.at } }),
      ...(unit.handler && { handler: unit.handler }),
      layers: layersOf(unit),
      key: unit.key ?? unit.name,
      zip: unit.zip?.value ?? `${output}/${unit.name}.zip`,
      audit: unit.audit ?? {},
    });
  }
  const includesAreWhole = (index: number) =>
    resolved[index]?.include.length === units[index]?.include.length;
  if (rest.checksHandlers) {
    // Where an include is wrong, what it would have brought is not known.
    const known = resolved.filter((_, index) => includesAreWhole(index));
    reportAll(known.flatMap((unit) => handlerProblems(unit, tree)));
  }
  reportAll(includesInOutput([...includes], output, outputKey));
  return {
    root: tree.root,
    manifest,
    output,
    dockerignore,
    exclude,
    ...(cleansOutput && { cleansOutput }),
    preferences: rest.preferences ?? {},
    ...(rest.words && { words: rest.words }),
    secretValues: rest.secretValues ?? new Map(),
    units: resolved,
  };
}

function runtimesOf(units: readonly UnitDeclaration[]): readonly Located<Runtime>[] {
  return units.flatMap(({ runtime }) => {
    return runtime === undefined || runtime.value === 'any'
      ? []
      : [{ value: runtime.value, at: runtime.at }];
  });
}

/** What a unit without a runtime has: it has been reported, and stops every command. */
const noRuntime: Runtime = 'python3.13';

function runtimeOf({ runtime }: UnitDeclaration): UnitRuntime {
  return runtime?.value ?? noRuntime;
}

function resolveBase(unit: UnitDeclaration, ownBase: OwnBaseReader): Base {
  const { base } = unit;
  const architecture = unit.architecture?.value ?? 'x86_64';
  if (base?.kind === 'image') {
    const { name, ignoresLambdaFolders } = base;
    return {
      kind: 'image',
      name: name.value,
      at: name.at,
      ...(ignoresLambdaFolders && { ignoresLambdaFolders }),
    };
  }
  if (base !== undefined) return ownBase(base, architecture);
  const runtime = runtimeOf(unit);
  // Without an image nothing could have said `any`.
  return {
    kind: 'image',
    name: defaultImage(runtime === 'any' ? noRuntime : runtime, architecture),
  };
}

/** `auto` is no path but a way to find them. */
function carriedLibs({ libs }: UnitDeclaration): Pick<Unit, 'libs' | 'autoLibs'> {
  const auto = libs.find(({ value }) => value === AUTO);
  const named = libs.filter(({ value }) => value !== AUTO);
  return { libs: named, ...(auto && { autoLibs: auto.at }) };
}

/** A zip of nothing is never meant. */
function withoutContent(unit: UnitDeclaration): readonly Diagnostic[] {
  const { kind, name, at } = unit;
  const fromImage = kind === 'layer' ? [...carriedLibs(unit).libs, ...unit.bins] : [];
  const content = [...unit.requirements, ...unit.include, ...fromImage];
  if (content.length > 0 || unit.refused.content) return [];
  const what = kind === 'layer' ? 'requirements, include, libs or bins' : 'requirements or include';
  return [
    {
      code: 'missing-key',
      severity: 'error',
      message: `${kind} ${JSON.stringify(name)} has nothing to pack`,
      at,
      hint: `give it ${what}, for example include: ${kind}s/${kind === 'layer' ? 'shared' : 'hello'}/`,
    },
  ];
}
