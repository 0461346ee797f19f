import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeAtomically } from './atomic-file.js';
import type { Artifact, ArtifactsReport } from './report.js';
import { type ArtifactsFile, artifactsSchema } from './schema.js';

/** Hexadecimal digits of a key: enough that no two lists of a report have the same. */
const KEY_LENGTH = 16;

/** The report as text, the same for the same units. What units share is written once. */
export function printReport({ version, units }: ArtifactsReport): string {
  const dependencySets = createTable<Artifact['packages']>();
  const file = {
    version,
    units: units.map(({ packages, ...unit }) => ({
      ...unit,
      ...(packages && { dependencies: dependencySets.keyOf(packages) }),
    })),
    ...dependencySets.as('dependencySets'),
  } satisfies ArtifactsFile | object;
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** Writes it whole, and only when its bytes change. */
export async function writeReport(
  path: string,
  report: ArtifactsReport,
): Promise<'written' | 'unchanged'> {
  const text = printReport(report);
  if ((await readText(path)) === text) return 'unchanged';
  await writeAtomically(path, text);
  return 'written';
}

/** The report of an earlier build. One that is absent, broken or of another program is undefined. */
export async function readReport(path: string): Promise<ArtifactsReport | undefined> {
  const { data } = artifactsSchema.safeParse(parse(await readText(path)));
  if (data === undefined) return undefined;
  const { version, units, dependencySets = {} } = data;
  return {
    version,
    units: units.map(({ dependencies = '', ...unit }) => {
      const packages = ownValue(dependencySets, dependencies);
      return { ...unit, ...(packages && { packages }) };
    }),
  };
}

/** Values that are written once, each under a key that is made of what it holds. */
function createTable<T>() {
  const keys = new Map<T, string>();
  const values = new Map<string, T>();
  return {
    keyOf(value: T): string {
      const known = keys.get(value);
      if (known !== undefined) return known;
      const hash = createHash('sha256').update(JSON.stringify(value)).digest('hex');
      const key = hash.slice(0, KEY_LENGTH);
      keys.set(value, key);
      values.set(key, value);
      return key;
    },
    /** Under the name of a field; nothing when the table is empty. */
    as(field: string): Readonly<Record<string, Readonly<Record<string, T>>>> {
      const sorted = [...values].sort(([one], [other]) => (one < other ? -1 : 1));
      return sorted.length === 0 ? {} : { [field]: Object.fromEntries(sorted) };
    },
  };
}

function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
