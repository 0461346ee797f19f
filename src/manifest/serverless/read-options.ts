import { type Diagnostic, nearest } from '../../diagnostics/index.js';
import { acceptedValues, isMapping, valueAt } from '../pkgr/accepted.js';
import { explain } from '../pkgr/explain.js';
import type { ManifestKeys } from '../pkgr/form.js';
import { type Refusal, refusalsOf } from '../pkgr/issues.js';
import { readVerify } from '../pkgr/section.js';
import { installers } from '../pkgr/values.js';
import type { DocumentPath, Located } from '../source.js';
import { type Fields, unresolvedProblem } from './fields.js';
import type { DockerEnv, SoclessOptions } from './manifest.js';
import { soclessOptionNames, soclessOptions } from './options.js';
import type { ServerlessService } from './service.js';

const place = ['custom', 'soclessPackager'] as const;

/** Options that a person may mean by another name. */
const elsewhere: Readonly<Record<string, string>> = {
  include: 'write include in package of a function, or globalIncludes for all of them',
  requirements: 'the file is called requirementsFile for functions, globalRequirements for all',
  output: 'the folder of the zips is called buildDir',
  image: 'the image is called dockerImage',
};

/** custom.soclessPackager with its defaults; undefined when it is absent or no mapping. */
export function readOptions(
  service: ServerlessService,
  fields: Fields,
  report: (diagnostic: Diagnostic) => void,
): SoclessOptions | undefined {
  const value = fields.value(place);
  const unresolved = service.unresolved(place);
  for (const variable of unresolved) report(unresolvedProblem(variable, place));
  if (value === undefined) {
    if (unresolved.length === 0) report(absentOptions(service));
    return undefined;
  }
  const refusals = refusalsOf(soclessOptions.safeParse(value).error?.issues ?? []);
  const unresolvedAt = new Set(unresolved.map(({ at }) => `${at.line}:${at.column}`));
  for (const refusal of refusals) {
    const told = explained(refusal, service);
    // What a variable would have been is not known.
    if (!unresolvedAt.has(`${told.at?.line}:${told.at?.column}`)) report(told);
  }
  if (!isMapping(value)) return undefined;
  const refused = new Set(refusals.map(({ path }) => path[0]));
  return collect(value, service, (key) => !refused.has(key));
}

function collect(
  value: Readonly<Record<string, unknown>>,
  service: ServerlessService,
  isFit: (key: string) => boolean,
): SoclessOptions {
  const at = (key: string, ...more: DocumentPath) => service.locate([...place, key, ...more]);
  const isGiven = (key: string) =>
    value[key] !== undefined && isFit(key) && service.unresolved([...place, key]).length === 0;
  const text = (key: string): Located<string> | undefined => {
    const found = value[key];
    return typeof found === 'string' && isGiven(key) ? { value: found, at: at(key) } : undefined;
  };
  const texts = (key: string): readonly Located<string>[] | undefined => {
    const found = value[key];
    if (!Array.isArray(found)) {
      const one = text(key);
      return one && [one];
    }
    if (!isGiven(key)) return undefined;
    return found.map((item, index) => ({ value: String(item), at: at(key, index) }));
  };
  const truth = (key: string, otherwise: boolean) =>
    isGiven(key) ? value[key] === true : otherwise;
  const buildDir = text('buildDir');
  const requirementsFile = text('requirementsFile');
  const globalRequirements = texts('globalRequirements');
  const globalIncludes = texts('globalIncludes');
  const dockerImage = text('dockerImage');
  const containerName = text('containerName');
  const verify = isGiven('verify')
    ? readVerify([...place, 'verify'], value.verify, acceptedValues(service, []))
    : undefined;
  const verifyImage = text('verifyImage');
  const installer = isGiven('installer')
    ? acceptedValues(service, []).choice([...place, 'installer'], value.installer, installers)
    : undefined;
  return {
    at: service.locateKey(place),
    ...(buildDir && { buildDir }),
    ...(requirementsFile && { requirementsFile }),
    ...(globalRequirements && { globalRequirements }),
    ...(globalIncludes && { globalIncludes }),
    useDocker: { value: truth('useDocker', true), at: at('useDocker') },
    ...(dockerImage && { dockerImage }),
    ...(containerName && { containerName }),
    abortOnPackagingErrors: truth('abortOnPackagingErrors', true),
    cleanup: truth('cleanup', true),
    mountSSH: truth('mountSSH', false),
    dockerEnvs: isGiven('dockerEnvs') ? dockerEnvs(value.dockerEnvs, at) : [],
    separateInstalls: truth('separateInstalls', false),
    checkHandlers: truth('checkHandlers', true),
    ...(verify && { verify }),
    ...(verifyImage && { verifyImage }),
    ...(installer && { installer }),
    packageLayers: texts('packageLayers') ?? truth('packageLayers', false),
  };
}

function dockerEnvs(
  value: unknown,
  at: (key: string, ...more: DocumentPath) => DockerEnv['at'],
): readonly DockerEnv[] {
  if (isMapping(value)) {
    return Object.entries(value).map(([name, given]) => ({
      name,
      value: String(given),
      at: at('dockerEnvs', name),
    }));
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.map((item, index) => {
    const written = String(item);
    const end = written.indexOf('=');
    const place = at('dockerEnvs', index);
    if (end < 0) return { name: written, at: place };
    return { name: written.slice(0, end), value: written.slice(end + 1), at: place };
  });
}

function explained(refusal: Refusal, service: ServerlessService): Diagnostic {
  const path = [...place, ...refusal.path];
  if (refusal.kind !== 'unknown-key' || refusal.path.length > 0) {
    const nothing: ManifestKeys = {
      top: [],
      global: [],
      function: [],
      layer: [],
      pathPair: [],
      packages: [],
      audit: [],
      dockerfile: [],
      verify: ['env'],
    };
    const document = { ...service, value: withoutSecrets(service.value) };
    return explain({ ...refusal, path }, document, { keys: nothing });
  }
  const meant = nearest(refusal.key, soclessOptionNames);
  const known = `the options are ${soclessOptionNames.join(', ')}`;
  return {
    code: 'unknown-key',
    severity: 'error',
    message: `soclessPackager has no option ${JSON.stringify(refusal.key)}`,
    at: service.locateKey([...path, refusal.key]),
    hint: meant === undefined ? (elsewhere[refusal.key] ?? known) : `did you mean ${meant}?`,
  };
}

/** The service as it may be quoted: of a variable for pip with a value, the value is a secret. */
function withoutSecrets(value: unknown): unknown {
  const variables = valueAt(value, [...place, 'dockerEnvs']);
  if (!Array.isArray(variables)) return value;
  const dockerEnvs = variables.map((one: unknown) =>
    typeof one === 'string' ? one.replace(/=[\s\S]*$/, '=****') : one,
  );
  const options = { ...Object(valueAt(value, place)), dockerEnvs };
  return { ...Object(value), custom: { soclessPackager: options } };
}

function absentOptions(service: ServerlessService): Diagnostic {
  return {
    code: 'missing-key',
    severity: 'error',
    message: 'custom.soclessPackager is missing, which says how functions are packaged',
    at: service.locate(['custom']),
    hint: 'add custom: {soclessPackager: {buildDir: _build}}',
  };
}
