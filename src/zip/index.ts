/** A zip that anybody may have made goes in; its entries come out, or everything that is wrong with it. */
export type { ZipEntry } from './entry.js';
export {
  type FirstDifference,
  firstByte,
  firstDifference,
  type ZipsDiffer,
} from './first-difference.js';
export { zipLimits } from './limits.js';
export { type OpenZip, openZip } from './open.js';
