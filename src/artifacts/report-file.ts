import { readFile } from 'node:fs/promises';
import { writeAtomically } from './atomic-file.js';
import type { Content, UnitInputs } from './inputs.js';
import type { Artifact, ArtifactsReport } from './report.js';
import { type ArtifactsFile, artifactsSchema, readArtifacts } from './schema.js';
import { createTable, lookUp } from './table.js';

type FileUnit = ArtifactsFile['units'][number];
type Tables = Required<Omit<ArtifactsFile, 'version' | 'units'>>;

/** The report as text, the same for the same units. What units share is written once. */
export function printReport({ version, units }: ArtifactsReport): string {
  const dependencySets = createTable<NonNullable<Artifact['packages']>>();
  const librarySets = createTable<NonNullable<Artifact['libraries']>>();
  const requirementSets = createTable<Tables['requirementSets'][string]>();
  const folders = createTable<Tables['folders'][string]>();
  const withoutEntries = <T extends Content>({ entries, ...rest }: T) => {
    if (entries !== undefined) folders.add(rest.content, entries);
    return rest;
  };
  const plain = ({ baseFiles, requirements, code, ...inputs }: UnitInputs) => ({
    ...inputs,
    ...(baseFiles && { baseFiles: baseFiles.map(withoutEntries) }),
    ...(requirements && {
      requirements: requirementSets.keyOf({
        ...requirements,
        files: requirements.files.map(withoutEntries),
      }),
    }),
    code: code.map(withoutEntries),
  });
  const file = {
    version,
    units: units.map(({ packages, libraries, inputs, ...unit }) => ({
      ...unit,
      ...(packages && { dependencies: dependencySets.keyOf(packages) }),
      ...(libraries && { libraries: librarySets.keyOf(libraries) }),
      ...(inputs && { inputs: plain(inputs) }),
    })),
    ...dependencySets.as('dependencySets'),
    ...librarySets.as('librarySets'),
    ...requirementSets.as('requirementSets'),
    ...folders.as('folders'),
  };
  // Parsed, fields have one order, whether a unit was built now or read from an earlier report.
  return `${JSON.stringify(artifactsSchema.parse(file), undefined, 2)}\n`;
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
  const file = readArtifacts(parse(await readText(path)));
  if (file === undefined) return undefined;
  const { version, units, ...tables } = file;
  return { version, units: units.map((unit) => artifactIn(tables, unit)) };
}

function artifactIn(tables: Partial<Tables>, unit: FileUnit): Artifact {
  const { dependencies, libraries: carried, inputs, ...rest } = unit;
  const packages = lookUp(tables.dependencySets, dependencies);
  const libraries = lookUp(tables.librarySets, carried);
  return {
    ...rest,
    ...(packages && { packages }),
    ...(libraries && { libraries }),
    ...(inputs && { inputs: inputsIn(tables, inputs) }),
  };
}

function inputsIn(
  { requirementSets, folders }: Partial<Tables>,
  { baseFiles, requirements: key, code, ...inputs }: NonNullable<FileUnit['inputs']>,
): UnitInputs {
  const requirements = lookUp(requirementSets, key);
  const withEntries = <T extends Content>(item: T): T => {
    const entries = lookUp(folders, item.content);
    return entries === undefined ? item : { ...item, entries };
  };
  return {
    ...inputs,
    ...(baseFiles && { baseFiles: baseFiles.map(withEntries) }),
    ...(requirements && {
      requirements: { ...requirements, files: requirements.files.map(withEntries) },
    }),
    code: code.map(withEntries),
  };
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
