import {
  defaultImage,
  type Include,
  ignorePatterns,
  type Project,
  pruneChoicesOf,
  requirementKind,
  type Unit,
} from '../project/index.js';
import { serviceDecisions, zipName } from './from-service.js';
import type { Keys, Starter, StarterUnit } from './starter.js';

/** What pkgr.yml takes for granted. */
const defaultOutput = 'dist';
/** For an image that does not tell its Python; the build says which it is, when it is another. */
const assumedRuntime = 'python3.13';

/** The manifest of another tool, in pkgr's own terms. */
export function fromProject(project: Project): Starter {
  const { manifest, output, units, cleansOutput } = project;
  const decisions = [
    `${count(units, 'function')} and ${count(units, 'layer')} as in ${manifest}, which is left as it is; pkgr.yml is found before it.`,
  ];
  const any = units.filter(({ runtime }) => runtime === 'any').map(({ name }) => name);
  if (any.length > 0) {
    decisions.push(
      `The image of ${any.join(', ')} does not tell its Python: ${assumedRuntime} is assumed, and the build says so when it is another.`,
    );
  }
  if (units.some(({ excludeInZip }) => excludeInZip.length > 0)) {
    decisions.push(
      'exclude leaves out of your own code what juniper deletes; drop what you do not want to lose.',
    );
  }
  decisions.push(...serviceDecisions(project));
  if (cleansOutput) decisions.push('Zips of units that are gone are not removed any more.');
  decisions.push('A .dockerignore of the project counts from now on, if there is one.');
  return {
    origin: manifest,
    decisions,
    ...(output !== defaultOutput && { output }),
    units: units.map((unit) => starterUnit(unit, output)),
  };
}

function starterUnit(unit: Unit, output: string): StarterUnit {
  const { kind, architecture, handler, pipconf, buildEnvironment, layers } = unit;
  const runtime = unit.runtime === 'any' ? assumedRuntime : unit.runtime;
  const exclude = [...new Set([...unit.exclude, ...includeExcludes(unit), ...excludesOfZip(unit)])];
  const prune = pruneChoicesOf(unit.prune);
  const prunesBytecode = prune === 'juniper' || prune.includes('pyc');
  const usual = prunesBytecode || runtime === 'python3.6' ? 'none' : 'hash';
  const keys: Keys = {
    runtime,
    ...baseKeys(unit, runtime),
    ...(architecture !== 'x86_64' && { architecture }),
    ...(handler && { handler: handler.value }),
    ...packageKeys(unit),
    ...listKey('requirements', requirementsOf(unit)),
    ...listKey(
      'include',
      unit.include.map((include) => includeOf(include, kind)),
    ),
    ...listKey('exclude', exclude),
    ...(prune.length > 0 && { prune }),
    ...(unit.bytecode !== usual && { bytecode: unit.bytecode }),
    ...(unit.installer !== 'uv' && { installer: unit.installer }),
    ...listKey('libs', [
      ...(unit.autoLibs ? ['auto'] : []),
      ...unit.libs.map(({ value }) => value),
    ]),
    ...listKey(
      'bins',
      unit.bins.map(({ value }) => value),
    ),
    ...(unit.runtimeImage && { runtimeImage: unit.runtimeImage.value }),
    ...verifyKeys(unit),
    ...(pipconf && { pipconf: pipconf.value }),
    ...(Object.keys(buildEnvironment).length > 0 && { buildEnvironment }),
    ...listKey(
      'layers',
      layers.flatMap((layer) => layerName(layer) ?? []),
    ),
    ...(Object.keys(unit.audit).length > 0 && { audit: unit.audit }),
  };
  const unknown = layers.filter((layer) => layerName(layer) === undefined);
  const comments = unknown.map(
    (layer) => `It has another layer, too: ${layer.kind === 'external' ? layer.arn : layer.name}`,
  );
  return { kind, name: zipName(unit, output), comments, keys };
}

function verifyKeys({ verify: { mode, environment }, verifyImage }: Unit): Keys {
  const hasVariables = Object.keys(environment).length > 0;
  const verify = mode === 'off' ? mode : hasVariables ? { env: environment } : undefined;
  return {
    ...(verify !== undefined && { verify }),
    ...(verifyImage && { verifyImage: verifyImage.value }),
  };
}

/** A key for a list that is not empty. */
function listKey(key: string, list: readonly unknown[]): Keys {
  return list.length === 0 ? {} : { [key]: list };
}

function baseKeys({ base, architecture }: Unit, runtime: Exclude<Unit['runtime'], 'any'>): Keys {
  if (base.kind === 'image') {
    return base.name === defaultImage(runtime, architecture) ? {} : { image: base.name };
  }
  const { path: file, context, target, args } = base;
  if (context === undefined && target === undefined && args === undefined)
    return { dockerfile: file };
  return {
    dockerfile: {
      file,
      ...(context !== undefined && { context }),
      ...(target !== undefined && { target }),
      ...(args !== undefined && { args }),
    },
  };
}

function packageKeys({ packages: { any, byManager } }: Unit): Keys {
  if (Object.keys(byManager).length > 0) return { packages: byManager };
  return listKey('packages', any);
}

/** A file whose name does not tell that it is one is named by pip's own option. */
function requirementsOf({ requirements }: Unit): readonly string[] {
  return requirements.sources.map((source) => {
    if (source.kind === 'line') return source.text;
    return requirementKind(source.path) === 'file' ? source.path : `-r ${source.path}`;
  });
}

/** As short as it can be written: below a layer's python/ is where things go by themselves. */
function includeOf({ kind, from, to }: Include, unit: Unit['kind']): unknown {
  const root = unit === 'layer' ? 'python' : '';
  const path = kind === 'contents' ? `${from === '' ? '.' : from}/` : from;
  const name = from.slice(from.lastIndexOf('/') + 1);
  const usual = kind === 'contents' ? root : root === '' ? name : `${root}/${name}`;
  if (to === usual) return path;
  return { from: path, to: `/${to}${kind === 'contents' && to !== '' ? '/' : ''}` };
}

function includeExcludes({ include }: Unit): readonly string[] {
  return include.flatMap(({ exclude = [] }) => exclude);
}

/**
 * Patterns against the zip as patterns against the project. They are the same but for names at the
 * top of the zip, and for an include that itself is below what is left out elsewhere.
 */
function excludesOfZip({ excludeInZip, include }: Unit): readonly string[] {
  // Bytecode of the machine is never packed.
  const anywhere = excludeInZip.filter(
    (pattern) => pattern.startsWith('**/') && !/\.py\[co\]|__pycache__/.test(pattern),
  );
  const atTop = excludeInZip.filter((pattern) => !pattern.startsWith('**/'));
  const { excludes } = ignorePatterns(anywhere);
  const taken = include
    .map(({ from }) => from)
    .filter((from) => from !== '' && excludes(`${from}/x`));
  const folders = include.filter(({ kind }) => kind === 'contents').map(({ from }) => from);
  return [
    // The folder itself: a pattern for what is in it would leave an empty one.
    ...anywhere.map((pattern) => pattern.replace(/\/\*\*$/, '')),
    ...taken.map((from) => `!${from}`),
    ...(atTop.length === 0 ? [] : folders.map((from) => (from === '' ? '.*' : `${from}/.*`))),
  ];
}

function layerName(layer: Unit['layers'][number]): string | undefined {
  if (layer.kind === 'unit') return layer.name;
  return layer.arn.startsWith('arn:') ? layer.arn : undefined;
}

function count(units: readonly Unit[], kind: Unit['kind']): string {
  const { length } = units.filter((unit) => unit.kind === kind);
  return `${length} ${kind}${length === 1 ? '' : 's'}`;
}
