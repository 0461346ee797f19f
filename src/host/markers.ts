import { type MachineMarkers, machineVariables } from './target.js';

type Variable = (typeof machineVariables)[number];

/** A comparison of a variable with a text, either way round (PEP 508); older spellings have a dot. */
const comparison =
  /\b((?:os|sys|platform)[._][a-z]+)\s*(===?|!=|in\b|not\s+in\b|[<>~]=?)\s*(?:'([^']*)'|"([^"]*)")|(?:'([^']*)'|"([^"]*)")\s*(===?|!=|in\b|not\s+in\b|[<>~]=?)\s*((?:os|sys|platform)[._][a-z]+)/g;

/**
 * Whether an environment marker might hold on one machine and not on the other. It compares the
 * parts of the marker and not the whole, and so may say yes where both come out the same.
 * @param marker what stands behind the `;` of a requirement
 */
export function mayDiffer(marker: string, one: MachineMarkers, other: MachineMarkers): boolean {
  return [...marker.matchAll(comparison)].some((match) => {
    const variable = (match[1] ?? match[8] ?? '').replace('.', '_');
    // Release and version of a kernel: nothing is known of Lambda's.
    if (variable === 'platform_release' || variable === 'platform_version') return true;
    if (!isMachineVariable(variable)) return false;
    const text = match[3] ?? match[4] ?? match[5] ?? match[6] ?? '';
    const operator = (match[2] ?? match[7] ?? '').replace(/\s+/, ' ');
    const holds = ({ [variable]: value }: MachineMarkers) =>
      match[1] === undefined ? compare(text, operator, value) : compare(value, operator, text);
    return holds(one) !== holds(other);
  });
}

function compare(left: string, operator: string, right: string): boolean | string {
  if (operator === 'in') return right.includes(left);
  if (operator === 'not in') return !right.includes(left);
  if (operator === '!=') return left !== right;
  if (operator === '==' || operator === '===') return left === right;
  // An order of names: equal only where the names are.
  return `${left} ${right}`;
}

function isMachineVariable(name: string): name is Variable {
  return machineVariables.some((variable) => variable === name);
}

/**
 * The requirements that pip might have decided otherwise on the target. One of an extra counts only
 * if somebody asks for an extra of that name.
 * @param requirements lines of requirement files, and `Requires-Dist` of what was installed
 */
export function undecidable(
  requirements: readonly string[],
  machine: MachineMarkers,
  target: MachineMarkers,
): readonly string[] {
  const asked = new Set(requirements.flatMap(extrasOf));
  const found = requirements.filter((requirement) => {
    const marker = /;(.*)$/s.exec(requirement)?.[1];
    if (marker === undefined || !mayDiffer(marker, machine, target)) return false;
    const extra = /\bextra\s*==\s*['"]([^'"]*)['"]/.exec(marker)?.[1];
    return extra === undefined || asked.has(normal(extra));
  });
  return [...new Set(found)];
}

function extrasOf(requirement: string): readonly string[] {
  const [, extras = ''] = /\[([^\]]*)\]/.exec(requirement.replace(/;.*$/s, '')) ?? [];
  return extras.split(',').flatMap((extra) => (extra.trim() === '' ? [] : normal(extra.trim())));
}

/** PEP 503: names differ by more than case and kinds of dashes. */
function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
