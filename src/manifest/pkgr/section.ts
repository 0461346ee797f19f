import { type AuditLevels, auditCodes, auditLevels } from '../../diagnostics/index.js';
import type { DocumentPath, SourceDocument } from '../source.js';
import { type Accepted, isMapping } from './accepted.js';
import { readDockerfile } from './dockerfile.js';
import type { PkgrInclude, PkgrPackages, PkgrPrune, PkgrSection, PkgrVerify } from './manifest.js';
import { managers } from './schema.js';
import {
  architectures,
  bytecodes,
  installers,
  pruneChoices,
  runtimes,
  verifyModes,
} from './values.js';

/**
 * `global`, or one function or layer, in its typed form.
 * @param refused keys of this section of which something was refused
 */
export function readSection(
  path: DocumentPath,
  value: unknown,
  refused: ReadonlySet<string>,
  accepted: Accepted,
  document: SourceDocument,
): PkgrSection {
  const given = isMapping(value) ? value : {};
  const below = (key: string) => [...path, key];
  const text = (key: string) => accepted.text(below(key), given[key]);
  const texts = (key: string) => accepted.list(below(key), given[key], accepted.text);
  const runtime = accepted.choice(below('runtime'), given.runtime, runtimes);
  const architecture = accepted.choice(below('architecture'), given.architecture, architectures);
  const image = text('image');
  const dockerfile = readDockerfile(below('dockerfile'), given.dockerfile, accepted, document);
  const runtimeImage = text('runtimeImage');
  const verifyImage = text('verifyImage');
  const verify = readVerify(below('verify'), given.verify, accepted);
  const pipconf = text('pipconf');
  const handler = text('handler');
  const bytecode = accepted.choice(below('bytecode'), given.bytecode, bytecodes);
  const installer = accepted.choice(below('installer'), given.installer, installers);
  const prune = readPrune(below('prune'), given.prune, accepted);
  return {
    at: document.locateKey(path),
    refused,
    ...(runtime && { runtime }),
    ...(architecture && { architecture }),
    ...(image && { image }),
    ...(dockerfile && { dockerfile }),
    ...(runtimeImage && { runtimeImage }),
    ...(verifyImage && { verifyImage }),
    ...(verify && { verify }),
    ...(pipconf && { pipconf }),
    ...(handler && { handler }),
    layers: texts('layers'),
    packages: readPackages(below('packages'), given.packages, accepted),
    requirements: texts('requirements'),
    include: accepted.list(below('include'), given.include, (itemPath, item) =>
      readInclude(itemPath, item, accepted),
    ),
    exclude: texts('exclude'),
    ...(prune && { prune }),
    ...(bytecode && { bytecode }),
    ...(installer && { installer }),
    libs: texts('libs'),
    bins: texts('bins'),
    buildEnvironment: readEnvironment(below('buildEnvironment'), given.buildEnvironment, accepted),
    audit: readAudit(below('audit'), given.audit, accepted),
  };
}

function readPrune(
  path: DocumentPath,
  value: unknown,
  accepted: Accepted,
): readonly PkgrPrune[] | undefined {
  if (value === undefined || accepted.isRefused(path)) return undefined;
  const choices = Array.isArray(value) ? pruneChoices : (['juniper'] as const);
  return accepted
    .list(path, value, (at, item) => accepted.choice<PkgrPrune>(at, item, choices))
    .map((choice) => choice.value);
}

/** How a unit is verified; undefined when nothing is said of it, or something that is refused. */
export function readVerify(
  path: DocumentPath,
  value: unknown,
  accepted: Accepted,
): PkgrVerify | undefined {
  if (value === undefined || accepted.isRefused(path)) return undefined;
  if (isMapping(value)) {
    const environment = readEnvironment([...path, 'env'], value.env, accepted);
    return { mode: 'imports', environment };
  }
  const mode = accepted.choice(path, value, verifyModes)?.value;
  return mode && { mode, environment: {} };
}

function readPackages(path: DocumentPath, value: unknown, accepted: Accepted): PkgrPackages {
  if (!isMapping(value)) return { any: accepted.list(path, value, accepted.text), byManager: {} };
  const byManager = managers
    .filter((manager) => value[manager] !== undefined)
    .map((manager) => {
      const names = accepted.list([...path, manager], value[manager], accepted.text);
      return [manager, names] as const;
    });
  return { any: [], byManager: Object.fromEntries(byManager) };
}

function readInclude(
  path: DocumentPath,
  value: unknown,
  accepted: Accepted,
): PkgrInclude | undefined {
  if (!isMapping(value)) {
    const from = accepted.text(path, value);
    return from && { from };
  }
  const from = accepted.text([...path, 'from'], value.from);
  const to = accepted.text([...path, 'to'], value.to);
  // Without its `to` it would be checked as something that was not meant.
  if (from === undefined || (to === undefined && value.to !== undefined)) return undefined;
  return { from, ...(to && { to }) };
}

function readEnvironment(
  path: DocumentPath,
  value: unknown,
  accepted: Accepted,
): Readonly<Record<string, string>> {
  const variables = Object.entries(isMapping(value) ? value : {}).flatMap(([name, variable]) => {
    const found = accepted.text([...path, name], variable);
    return found === undefined ? [] : [[name, found.value] as const];
  });
  return Object.fromEntries(variables);
}

function readAudit(path: DocumentPath, value: unknown, accepted: Accepted): AuditLevels {
  const given = isMapping(value) ? value : {};
  const levels = auditCodes.flatMap((code) => {
    const level = accepted.choice([...path, code], given[code], auditLevels);
    return level === undefined ? [] : [[code, level.value] as const];
  });
  return Object.fromEntries(levels);
}
