/**
 * The first pkgr.yml of a project: what another tool's manifest declares, or what a folder of Python
 * code looks like, comes in; the text of a commented pkgr.yml that builds the same goes out.
 */
export { fromFolders } from './from-folders.js';
export { fromProject } from './from-project.js';
export { printStarter } from './print.js';
export type { Starter } from './starter.js';
