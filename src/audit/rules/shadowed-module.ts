import type { Finding } from '../finding.js';
import { standardLibrary } from '../standard-library.js';
import type { Subject } from '../subject.js';
import { andMore, cut, says } from '../words.js';

/** Modules of the zip that have the name of one of Python's own. */
export function shadowedModule({ unit, digest }: Subject): readonly Finding[] {
  if (unit.runtime === 'any') return [];
  const ofPython = standardLibrary(Number(unit.runtime.slice('python3.'.length)));
  const modules = digest.contents?.modules ?? [];
  const shadowing = modules.filter(({ name }) => ofPython.has(name));
  if (shadowing.length === 0) return [];
  const files = shadowing.map(({ file }) => file);
  const [name, of] = shadowing.length > 1 ? ['names', 'modules'] : ['name', 'a module'];
  const isOwn = shadowing.some((module) => module.of === 'code');
  return [
    {
      code: 'shadowed-module',
      severity: 'warning',
      ...says(
        'has',
        'have',
        `${andMore(files, 'module', 'modules')}, with the ${name} of ${of} of Python's own`,
      ),
      details: cut(shadowing.map((module) => `${module.name}: ${module.file} (${module.of})`)),
      hint: isOwn
        ? 'rename it, or put it into a package of your own: others import it in place of the one they need, or it is never imported'
        : 'drop the requirement that brings it: Python has it itself, and other packages now get this one',
    },
  ];
}
