/** The Dockerfile that a unit names for its base in, with everything around it checked; a Base out. */
export { type OwnBaseReader, ownBaseReader } from './own-base.js';
