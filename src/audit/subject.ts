import type { Digest } from '../artifacts/index.js';
import type { PlannedUnit } from '../plan/index.js';

/** A zip that was built, and what the engine says of it. */
export interface AuditedZip {
  readonly unit: PlannedUnit;
  readonly digest: Digest;
}

/** A layer that a function has and whose content is not known here. */
export interface UnknownLayer {
  /** The layer's name, or its ARN. */
  readonly name: string;
  /** `external`: it is elsewhere; `not-built`: of this project, but not part of this build. */
  readonly kind: 'external' | 'not-built';
  /** Bytes when unpacked, if an earlier build has left them. */
  readonly unzippedSize?: number;
}

/** One zip with everything that Lambda lays beside it. */
export interface Subject extends AuditedZip {
  /** Of a function: its layers that were built with it, in the order in which they are unpacked. */
  readonly layers: readonly AuditedZip[];
  readonly unknown: readonly UnknownLayer[];
  /** Of a layer: what surrounds it in each function that names it. */
  readonly surroundings: readonly Surroundings[];
}

/** The zips that a layer is unpacked beside, for one function. */
export interface Surroundings {
  readonly zips: readonly AuditedZip[];
  readonly hasUnknown: boolean;
}

/**
 * Brings each zip together with its layers, and each layer with the functions that name it.
 * @param earlier bytes when unpacked of layers that earlier builds have left, by name
 */
export function subjectsOf(
  zips: readonly AuditedZip[],
  earlier: ReadonlyMap<string, number> = new Map(),
): readonly Subject[] {
  const built = new Map(
    zips.flatMap((zip) => (zip.unit.kind === 'layer' ? [[zip.unit.name, zip] as const] : [])),
  );
  const functions = zips
    .filter(({ unit }) => unit.kind === 'function')
    .map((zip) => ({ zip, ...layersOf(zip.unit, built, earlier) }));
  const surroundingsOf = (layer: AuditedZip) =>
    functions
      .filter(({ layers }) => layers.includes(layer))
      .map(({ zip, layers, unknown }) => ({
        zips: [zip, ...layers.filter((other) => other !== layer)],
        hasUnknown: unknown.length > 0,
      }));
  const found = new Map(functions.map(({ zip, layers, unknown }) => [zip, { layers, unknown }]));
  return zips.map((zip) => {
    const { layers, unknown } = found.get(zip) ?? { layers: [], unknown: [] };
    const surroundings = zip.unit.kind === 'layer' ? surroundingsOf(zip) : [];
    return { ...zip, layers, unknown, surroundings };
  });
}

function layersOf(
  { layers }: PlannedUnit,
  built: ReadonlyMap<string, AuditedZip>,
  earlier: ReadonlyMap<string, number>,
): Pick<Subject, 'layers' | 'unknown'> {
  const known: AuditedZip[] = [];
  const unknown: UnknownLayer[] = [];
  for (const layer of layers) {
    const zip = layer.kind === 'unit' ? built.get(layer.name) : undefined;
    if (zip !== undefined) known.push(zip);
    else if (layer.kind === 'external') unknown.push({ kind: 'external', name: layer.arn });
    else {
      const unzippedSize = earlier.get(layer.name);
      const size = unzippedSize === undefined ? {} : { unzippedSize };
      unknown.push({ kind: 'not-built', name: layer.name, ...size });
    }
  }
  return { layers: known, unknown };
}
