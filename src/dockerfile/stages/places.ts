import type { PlannedBytecode } from '../../plan/index.js';

/**
 * Where a RUN leaves what other stages take from it. To know whether the content of such a folder is
 * another, BuildKit lists everything that lies beside it: at the root that would be the whole image,
 * for each stage again (docs/decisions/cost-of-a-step.md).
 */
const PLACE = '/pkgr';

/** Where the stage of an installer has uv, if it could be had. */
export const FETCHED = `${PLACE}/uv`;

/** Where the step of a dependency set has its packages until they are deflated. */
export const INSTALLED = `${PLACE}/installed`;

/** A folder in memory, where these packages lie in truth if they are not too large. */
export const MEMORY = '/memory';

/** Where that step tells which versions and archives they are; it goes beside the zips' digests. */
export const RESOLVED = `${PLACE}/resolved/packages.json`;

/**
 * Where the stage of a dependency set has a zip of its packages, `packages.zip`, and `report.json`: what
 * was found in them. It is told by what is made of their sources, not by an id: another unit in the plan
 * must not be another command, and so another install.
 */
export function deflatedFolder(bytecode: PlannedBytecode): string {
  const name =
    bytecode.kind === 'none' ? 'sources' : bytecode.kind + bytecode.place.replaceAll('/', '-');
  return `${PLACE}/out/${name}`;
}

/** Where the stage of a library set has `files`, laid out as in the zip, and what is told of them. */
export const COLLECTED = `${PLACE}/out`;

/** Where a unit's zip stage has the zip. */
export const ZIPPED = `${PLACE}/out/`;

/** Where it has what the engine says of the zip. */
export const DIGEST = `${PLACE}/digest/`;

/** Where what zips hold besides their packages is. */
export const RESTS = `${PLACE}/rests/`;

/** Where zips are unpacked as Lambda does. */
export const UNPACKED = `${PLACE}/unpacked`;

/** Where the last stage of a verified unit has what is told of it. */
export const VERIFICATION = `${PLACE}/verification/`;
