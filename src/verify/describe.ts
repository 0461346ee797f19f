import type { Findings, Problem } from '../artifacts/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import type { BuildPlan, PlannedUnit } from '../plan/index.js';
import type { Unit } from '../project/index.js';
import { codeCause } from './causes/code.js';
import { handlerCause } from './causes/handler.js';
import { loaderCause } from './causes/loader.js';
import { moduleCause } from './causes/module.js';
import { titleOf } from './notices.js';
import type { SourcePlaces } from './places.js';
import type { Providers } from './providers.js';

/** The unit that has a problem, and what else there is to know. */
export interface About {
  readonly unit: PlannedUnit;
  readonly declared: Unit | undefined;
  readonly findings: Findings | undefined;
  readonly plan: BuildPlan;
  readonly providers: Providers;
  readonly place: SourcePlaces;
  /** The last lines that the import printed. */
  readonly output: readonly string[];
}

/** What is wrong, in the words that follow `cannot be imported:`, and what to do about it. */
export interface Cause {
  readonly code: Diagnostic['code'];
  readonly text: string;
  readonly hint: string;
  readonly at?: Diagnostic['at'];
  readonly details?: readonly string[];
  /** A layer that pkgr cannot see may have what is missing. */
  readonly mayBeElsewhere?: boolean;
  /** The text says where, so that nothing is added. */
  readonly saysWhere?: boolean;
}

/** Lines of what was printed that are shown. */
const PRINTED = 10;

/** A problem as people are told of it. */
export function describeProblem(problem: Problem, about: About): Diagnostic {
  const { unit } = about;
  const cause = causeOf(problem, about);
  const outside = unit.layers.some(({ kind }) => kind === 'external');
  const isLess = problem.during === 'module' || (outside && cause.mayBeElsewhere === true);
  const hint = isLess && outside ? `${cause.hint}; or nothing, if a layer brings it` : cause.hint;
  const details = [...(cause.details ?? []), ...printed(problem, about)];
  return {
    code: cause.code,
    severity: isLess ? 'warning' : 'error',
    message: `${beginning(problem, unit)}: ${cause.text}${where(problem, cause, about)}`,
    at: cause.at ?? unit.at,
    hint,
    ...(details.length > 0 && { details }),
  };
}

function causeOf(problem: Problem, about: About): Cause {
  return (
    handlerCause(problem, about) ??
    moduleCause(problem, about) ??
    loaderCause(problem, about) ??
    codeCause(problem, about)
  );
}

function beginning({ kind, during, importing, place }: Problem, unit: PlannedUnit): string {
  const title = titleOf(unit);
  if (during === 'module') return `in ${title}, ${importing ?? 'a package'} cannot be imported`;
  if (during === 'later') {
    const by =
      place === undefined || place.function.startsWith('<') ? '' : ` by ${place.function}()`;
    return `${title} cannot make an import that is made later${by}`;
  }
  return kind.startsWith('handler-')
    ? `Lambda cannot call ${title}`
    : `${title} cannot be imported`;
}

function where({ place }: Problem, { saysWhere }: Cause, about: About): string {
  if (place === undefined || saysWhere === true) return '';
  return ` (${about.place.line(place)})`;
}

function printed({ during }: Problem, { output }: About): readonly string[] {
  if (during !== 'import' || output.length === 0) return [];
  return ['it printed:', ...output.slice(-PRINTED).map((line) => `  ${line.slice(0, 200)}`)];
}
