import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { writeAtomically } from './atomic-file.js';
import { type Change, changeSchema } from './change.js';
import type { DeclaredUnit } from './report.js';

/** Changes that are kept of a unit; a person reads them. */
const MOST = 50;

const changesSchema = z.array(changeSchema).readonly();

const outcomeSchema = z
  .object({
    kind: z.enum(['function', 'layer']),
    name: z.string(),
    result: z.enum(['built', 'unchanged', 'failed']),
    /** Why it was built; of an unchanged one, what has changed without a trace in the zip. */
    changes: changesSchema,
    /** How many more there were. */
    more: z.exactOptional(z.int()),
    /** Why it was built when it was built last; absent when that was now, or is not known. */
    earlier: z.exactOptional(changesSchema),
  })
  .readonly();

const lastBuildSchema = z.object({ version: z.literal(1), units: z.array(outcomeSchema) });

/** How the last build of a unit went, and why. */
export type Outcome = z.infer<typeof outcomeSchema>;

/** A unit that was built now. */
export interface NewOutcome {
  readonly unit: DeclaredUnit;
  readonly result: Outcome['result'];
  readonly changes: readonly Change[];
}

/** Outcomes of the builds that came before, of each unit the last one; none when nothing tells. */
export async function readOutcomes(path: string): Promise<readonly Outcome[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  try {
    return lastBuildSchema.safeParse(JSON.parse(text)).data?.units ?? [];
  } catch {
    return [];
  }
}

/**
 * Writes the outcomes of this build, and of units that were not built now those of earlier ones. They
 * depend on what was built before, so that they must not be in artifacts.json.
 * @throws an error of the operating system when the file cannot be written
 */
export async function writeOutcomes(
  path: string,
  outcomes: readonly NewOutcome[],
  declared: readonly DeclaredUnit[],
): Promise<void> {
  const before = new Map((await readOutcomes(path)).map((each) => [keyOf(each), each]));
  const now = new Map(outcomes.map((each) => [keyOf(each.unit), each]));
  const units = declared.flatMap((unit): readonly Outcome[] => {
    const outcome = now.get(keyOf(unit));
    const earlier = before.get(keyOf(unit));
    if (outcome === undefined) return earlier === undefined ? [] : [earlier];
    return [outcomeOf(outcome, earlier)];
  });
  const text = `${JSON.stringify({ version: 1, units }, undefined, 2)}\n`;
  const present = await readFile(path, 'utf8').catch(() => undefined);
  if (present !== text) await writeAtomically(path, text);
}

function outcomeOf({ unit, result, changes }: NewOutcome, before: Outcome | undefined): Outcome {
  const earlier = before?.result === 'built' ? before.changes : before?.earlier;
  const more = changes.length - MOST;
  return {
    kind: unit.kind,
    name: unit.name,
    result,
    changes: changes.slice(0, MOST),
    ...(more > 0 && { more }),
    ...(result !== 'built' && earlier && { earlier }),
  };
}

function keyOf({ kind, name }: Pick<DeclaredUnit, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}
