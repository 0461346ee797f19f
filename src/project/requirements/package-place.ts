import { posix } from 'node:path';
import type { Location } from '../../diagnostics/index.js';
import type { RequirementInput } from '../unit.js';
import type { Outcome } from './local-requirement.js';
import { placeOf } from './place.js';
import * as problems from './problems.js';
import type { ProjectFiles } from './project-files.js';
import { hasVariable } from './quote.js';
import { belowRoot, exists, nearestPath } from './suggest.js';
import { isArchive } from './target.js';
import { isUrl, readUrl } from './url.js';

/** An option that names a place where pip looks for packages: --find-links or an index. */
export interface PackagePlace {
  readonly subject: 'the index' | 'the folder of --find-links';
  readonly value: string;
}

/**
 * Finds the folder or file that such an option names, if it names one. For --find-links pip tries the
 * folder of the requirements file, then its working directory; for an index only the latter.
 * A place that does not exist is a warning, as it is in pip.
 */
export function packagePlace(
  { subject, value }: PackagePlace,
  folder: string,
  at: Location,
  files: ProjectFiles,
): Outcome {
  const url = isUrl(value) ? readUrl(value, '') : undefined;
  if (hasVariable(value) || (url !== undefined && url.kind !== 'local')) return nothing;
  const written = url?.kind === 'local' ? url.path : value;
  const folders = url === undefined && subject !== 'the index' ? [folder, ''] : [''];
  if (written.startsWith('~')) return told(problems.placeInImage(subject, value, at));
  let missing: string | undefined;
  for (const start of new Set(folders)) {
    const place = placeOf(written, start);
    if (place.kind === 'unnameable') return told(problems.unnameable(value, place.why, at));
    if (place.kind === 'absolute') return absolute(subject, written, at, files);
    if (place.kind === 'outside') continue;
    missing ??= place.path;
    const found = files.look(place.path);
    if (found.kind === 'link-outside') return told(problems.linkOutside(subject, value, at));
    if (found.kind === 'unreadable') {
      return told(problems.unreadable(subject, value, found.why, at));
    }
    if (found.kind === 'file')
      return { inputs: [{ kind: 'file', path: place.path }], diagnostics: [] };
    if (found.kind === 'directory') {
      return { inputs: packagesIn(place.path, files), diagnostics: [] };
    }
  }
  if (missing === undefined) return told(problems.outside(subject, value, 'outside', at));
  const near = nearestPath(files, missing);
  return told(problems.ignoredPlace(subject, value, at, problems.didYouMean(near)));
}

function absolute(
  subject: PackagePlace['subject'],
  path: string,
  at: Location,
  files: ProjectFiles,
): Outcome {
  const below = belowRoot(files.root, path);
  if (below === undefined) return told(problems.placeInImage(subject, path, at));
  const hint = `write ${problems.asWritten(below)}`;
  return told(problems.outside(subject, path, 'absolute', at, hint));
}

/**
 * The folder; of the project itself only the packages in it, for as a whole it holds what is built
 * from it. pip does not look into folders below.
 */
function packagesIn(path: string, files: ProjectFiles): readonly RequirementInput[] {
  if (path !== '') return [{ kind: 'directory', path }];
  const inputs: RequirementInput[] = [];
  for (const name of files.names('')) {
    if (!isArchive(name) && !/\.html?$/i.test(name)) continue;
    if (placeOf(name, '').kind !== 'inside') continue;
    const file = posix.join(path, name);
    if (exists(files, file) && files.look(file).kind === 'file') {
      inputs.push({ kind: 'file', path: file });
    }
  }
  return inputs;
}

const nothing: Outcome = { inputs: [], diagnostics: [] };

function told(diagnostic: Outcome['diagnostics'][number]): Outcome {
  return { inputs: [], diagnostics: [diagnostic] };
}
