/** Packages and the user's own lines go in; why each package is there comes out. */
export { type MarkerValues, markerValues, type Target, targetOfWheels } from './environment.js';
export { type AskedLine, type Reason, type Reasons, reasonsOf } from './why.js';
