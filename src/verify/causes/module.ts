import type { Problem } from '../../artifacts/index.js';
import type { About, Cause } from '../describe.js';
import { titleOf } from '../notices.js';

/** What a module that was not found means; undefined for any other problem. */
export function moduleCause(problem: Problem, about: About): Cause | undefined {
  switch (problem.kind) {
    case 'missing-module':
      return missingModule(problem, about);
    case 'missing-metadata':
      return missingMetadata(problem, about);
    case 'import-name':
      return importName(problem);
    default:
      return undefined;
  }
}

function missingModule(problem: Problem, about: About): Cause {
  const { module = '', removedIn, standard, partOf } = problem;
  const code = 'missing-module';
  const isLost = removedIn !== undefined || standard === true;
  const text =
    removedIn !== undefined
      ? `Python has had no module ${module} since ${removedIn}`
      : standard === true
        ? `the runtime's Python was built without the module ${module}`
        : partOf === undefined
          ? `there is no module ${module}`
          : `there is no module ${module} in ${partOf}, which is there`;
  return { code, text, hint: missingHint(problem, about), mayBeElsewhere: !isLost };
}

function missingHint(problem: Problem, { unit, providers, place }: About): string {
  const { module = '', distribution, removedIn, standard, partOf, elsewhere = [] } = problem;
  if (removedIn !== undefined) {
    const back = distribution === undefined ? '' : `add ${distribution} to its requirements, or `;
    return `${back}choose a runtime before python${removedIn}, or a newer version of what imports it`;
  }
  if (standard === true) return 'do without it; no package brings it';
  if (partOf !== undefined) {
    return `see whether prune or exclude leaves it out, or pin the version of ${partOf} that has it`;
  }
  const [first] = providers(module.split('.')[0] ?? module).filter(
    ({ name }) =>
      name !== unit.name && !unit.layers.some((l) => l.kind === 'unit' && l.name === name),
  );
  if (first?.kind === 'layer') {
    const has = first.distribution === '' ? '' : ` (${first.distribution})`;
    return `layer ${JSON.stringify(first.name)} has it${has}: name it under layers: of ${titleOf(unit)}`;
  }
  const [there] = elsewhere;
  if (there !== undefined) {
    const dotted = there
      .replace(/^\/(?:var\/task|opt\/python)\//, '')
      .replace(/(?:\/__init__)?\.py$/, '');
    const from = place.file(there);
    return `it is there as ${dotted.replaceAll('/', '.')}: import it so, or include ${folderOf(from)}/ with a slash at its end`;
  }
  if (first !== undefined && first.distribution !== '') {
    return `add ${first.distribution} to its requirements, as ${titleOf(first)} has it`;
  }
  if (first !== undefined) return `include it here too, as ${titleOf(first)} does`;
  if (problem.inLambda === true) {
    return `Lambda itself has ${module}, the image that this is verified in has not: add ${distribution ?? module} to the requirements, or choose another verifyImage`;
  }
  if (distribution !== undefined) return `add ${distribution} to its requirements`;
  return 'include the file or the folder that it is in';
}

function missingMetadata({ distribution = '' }: Problem, { unit }: About): Cause {
  return {
    code: 'missing-metadata',
    text: `it asks for the metadata of ${distribution}, which is not there`,
    hint: unit.verify?.withoutMetadata
      ? 'take dist-info out of prune'
      : `add ${distribution} to its requirements`,
    mayBeElsewhere: true,
  };
}

function importName({
  name = '',
  module = '',
  distribution,
  version = '',
  message = '',
}: Problem): Cause {
  const isCircular =
    message.includes('circular import') || message.includes('partially initialized');
  if (isCircular) {
    return {
      code: 'import-failed',
      text: `${module} is imported in a circle, and has no ${name} yet`,
      hint: 'move one of the imports into the function that needs it',
    };
  }
  const of = distribution === undefined ? '' : ` of ${distribution} ${version}`;
  return {
    code: 'import-failed',
    text: `${module}${of} has no ${name}`,
    hint:
      distribution === undefined
        ? 'correct the name, or see whether another module of this name comes first'
        : `pin a version of ${distribution} that has it, or a newer one of what imports it`,
  };
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}
