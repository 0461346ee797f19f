import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/index.js';
import { netrc, projectSecrets, secretVariables, trustRoot } from '../dockerfile/index.js';
import type { BuildPlan, PlannedUnit } from '../plan/index.js';
import type { Project } from '../project/index.js';

/** Variables by which pip, OpenSSL, requests and Node are told of a private trust root, in this order. */
const trustRootVariables = [
  'PIP_CERT',
  'SSL_CERT_FILE',
  'REQUESTS_CA_BUNDLE',
  'NODE_EXTRA_CA_CERTS',
];

/** Credentials and trust that a person's machine adds to a build. */
export interface SecretOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A netrc file, given on the command line. */
  readonly netrc?: string;
}

/** The machine's trust root, a readable PEM file, if it has a private one. */
export function findTrustRoot(environment: SecretOptions['environment']): string | undefined {
  const files = trustRootVariables.flatMap((name) => environment[name] || []);
  return files.find((file) => {
    try {
      accessSync(file, constants.R_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Files for the secrets of the units' steps, by id. Only their paths are handled here: no content
 * reaches an argument, a log or a Dockerfile.
 */
export function secretFiles(
  plan: BuildPlan,
  units: readonly PlannedUnit[],
  root: string,
  options: SecretOptions,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const trust = findTrustRoot(options.environment);
  if (trust !== undefined) files.set(trustRoot.id, trust);
  if (options.netrc !== undefined) files.set(netrc.id, options.netrc);
  for (const [id, path] of projectSecrets(plan, units)) files.set(id, resolve(root, path));
  return files;
}

/** Secret variables of the units' steps: those that have a value, and what is to be told of others. */
export interface SecretValues {
  readonly values: ReadonlyMap<string, string>;
  readonly warnings: readonly Diagnostic[];
}

/** A value is the manifest's own, or else the environment's. */
export function secretValues(
  { units: declared, secretValues: given }: Project,
  plan: BuildPlan,
  units: readonly PlannedUnit[],
  { environment }: SecretOptions,
): SecretValues {
  const values = new Map<string, string>();
  const warnings: Diagnostic[] = [];
  for (const name of secretVariables(plan, units)) {
    const value = given.get(name) ?? environment[name];
    if (value !== undefined) values.set(name, value);
    else warnings.push(absent(name, declared));
  }
  return { values, warnings };
}

function absent(name: string, units: Project['units']): Diagnostic {
  const named = units.flatMap(({ secretEnvironment }) => secretEnvironment);
  const at = named.find(({ value }) => value === name)?.at;
  return {
    code: 'missing-variable',
    severity: 'warning',
    message: `the environment has no variable ${name}, which pip is to get as a secret`,
    ...(at && { at }),
    hint: `set it where pkgr is run, for example in the shell: export ${name}=...`,
  };
}
