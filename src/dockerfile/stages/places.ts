/**
 * Where a RUN leaves what other stages take from it. To know whether the content of such a folder is
 * another, BuildKit lists everything that lies beside it: at the root that would be the whole image,
 * for each stage again (docs/decisions/cost-of-a-step.md).
 */
const PLACE = '/pkgr';

/** Where the stage of an installer has uv, if it could be had. */
export const FETCHED = `${PLACE}/uv`;

/** Where the stage of a dependency set has its packages. */
export const INSTALLED = `${PLACE}/out`;

/** Where it tells which versions and archives they are; it goes beside the zips' digests. */
export const RESOLVED = `${PLACE}/resolved/packages.json`;

/** Where a deflated set has its zip, `packages.zip`, and `report.json`: what was found in the packages. */
export const DEFLATED = `${PLACE}/out`;

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
