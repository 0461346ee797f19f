import { isMapping } from '../../manifest/index.js';

/**
 * Whether a manifest whose name does not tell is one of juniper's: it has what only juniper knows
 * (output in global, or the package section), or units that pkgr.yml could not have, because nothing
 * says their runtime.
 */
export function isJuniperManifest(value: unknown): boolean {
  if (!isMapping(value)) return false;
  const global = sectionOf(value.global);
  if ('output' in global || 'package' in value) return true;
  const units = [value.functions, value.layers].flatMap((section) =>
    Object.values(sectionOf(section)).map(sectionOf),
  );
  if (units.length === 0 || 'output' in value) return false;
  return ![global, ...units].some((section) => 'runtime' in section);
}

function sectionOf(value: unknown): Readonly<Record<string, unknown>> {
  return isMapping(value) ? value : {};
}
