/**
 * A plan goes in, zips come out, without Docker: packages by the machine's own pip, code from the
 * project as COPY would take it, zipped with yazl. Writes nothing outside the work folder and the
 * user's cache. Why and how far: docs/decisions/host-engine.md.
 */
export type { HostEvent, HostOptions, HostResult } from './host-build.js';
export { packOnHost } from './pack-on-host.js';
export { refuseWhatNeedsDocker } from './refuse.js';
