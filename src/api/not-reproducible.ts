import type { Diagnostic } from '../diagnostics/index.js';
import type { BuiltDifference } from './compare-built.js';

/** Other entries that are named. */
const NAMED = 8;

/** Says of a unit that was built twice that its zips differ, where, and what usually makes them. */
export function notReproducible(different: BuiltDifference): Diagnostic {
  const { unit, others } = different;
  const rest = others.length - NAMED;
  const also = [...others.slice(0, NAMED), ...(rest > 0 ? [`${rest} more`] : [])];
  return {
    code: 'not-reproducible',
    severity: 'error',
    message: `${unit.kind} ${unit.name} was built twice and ${unit.zip} differs: ${wordsFor(different)}`,
    at: unit.at,
    hint: hintFor(different),
    ...(also.length > 0 && { details: [`also different: ${also.join(', ')}`] }),
  };
}

function wordsFor({ first }: BuiltDifference): string {
  switch (first.kind) {
    case 'missing':
      return `only the ${first.missingIn === 'first' ? 'second' : 'first'} has ${first.path}`;
    case 'order':
      return `${first.path} comes where the second has ${first.instead}`;
    case 'content': {
      const [one, other] = first.sizes;
      const sizes = one === other ? `${one} bytes` : `${one} and ${other} bytes`;
      return `${first.path} (${sizes}) from its byte ${first.byte} on, counted from 0`;
    }
    case 'zip':
      return `its own bytes from ${first.byte} on, counted from 0`;
    default:
      return `${first.path} has the ${first.kind} ${first.first} and then ${first.second}`;
  }
}

function hintFor({ versions, compiled }: BuiltDifference): string {
  const [moved] = versions;
  if (moved !== undefined) {
    const [name, one, other] = moved;
    return `pip installed ${name} ${one} and then ${other}: pin its version`;
  }
  if (compiled.length > 0) {
    return `pip builds ${compiled.join(', ')} from source, and what builds it may write the time, a path or something random: use a wheel, or have the build take the time from SOURCE_DATE_EPOCH, which pkgr sets`;
  }
  return 'a package that is built from source, a RUN of an own Dockerfile or an OS package without a version may bring something else each time; the file tells which';
}
