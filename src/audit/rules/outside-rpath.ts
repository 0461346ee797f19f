import type { Finding } from '../finding.js';
import { factsOf } from '../misfits.js';
import { isOutside, missingLibraries } from '../missing-libraries.js';
import type { Subject } from '../subject.js';
import { andMore, cut, says } from '../words.js';

/**
 * Files that look for libraries in a folder that only the image has (RPATH, RUNPATH): a warning where
 * a library is found nowhere else, a notice where nothing is known to be missing.
 */
export function outsideRpath(subject: Subject): readonly Finding[] {
  return [...needed(subject), ...unneeded(subject)];
}

function needed(subject: Subject): readonly Finding[] {
  const missing = missingLibraries(subject).filter(({ rpath }) => isOutside(rpath));
  if (missing.length === 0) return [];
  const names = missing.map(({ library }) => library);
  const what = andMore(names, 'library', 'libraries');
  const [first] = missing;
  return [
    {
      code: 'outside-rpath',
      severity: 'warning',
      ...says(
        'looks',
        'look',
        `for ${what} in ${first?.rpath}, a folder that Lambda does not have`,
      ),
      details: cut(
        missing.map(
          ({ library, rpath, files }) => `${library} in ${rpath}: RPATH of ${files.join(', ')}`,
        ),
      ),
      hint: `carry ${missing.length > 1 ? 'them' : 'it'} in lib/, where Lambda looks: libs: [${missing.map(({ path }) => JSON.stringify(path)).join(', ')}]`,
    },
  ];
}

function unneeded(subject: Subject): readonly Finding[] {
  const facts = factsOf(subject, 'rpath');
  const [first] = facts;
  if (first === undefined) return [];
  const folders = andMore([...new Set(facts.map(({ folder }) => folder))], 'folder', 'folders');
  return [
    {
      code: 'outside-rpath',
      severity: 'notice',
      ...says(
        'has',
        'have',
        `files that look for libraries in ${folders}, which Lambda does not have`,
      ),
      details: cut(facts.map(({ file, folder }) => `${file}: RPATH ${folder}`)),
      hint: 'link with -Wl,-rpath,\\$ORIGIN or without an RPATH; Lambda looks in lib/ of the zip by itself',
    },
  ];
}
