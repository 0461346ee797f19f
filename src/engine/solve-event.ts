/**
 * One message of BuildKit about a solve, as `--progress=rawjson` prints it.
 * @see https://pkg.go.dev/github.com/moby/buildkit/client#SolveStatus
 */
export interface SolveEvent {
  readonly vertexes: readonly VertexEvent[];
  readonly statuses: readonly StatusEvent[];
  readonly logs: readonly LogEvent[];
}

/** A step's state, whole: it replaces what an earlier message said of the same digest. */
export interface VertexEvent {
  readonly digest: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly started: number | undefined;
  readonly completed: number | undefined;
  readonly cached: boolean;
  readonly error: string | undefined;
}

/** How far a part of a step is, such as `transferring context:`, in bytes. */
export interface StatusEvent {
  readonly vertex: string;
  readonly id: string;
  readonly current: number;
}

/** What a step has printed; messages are cut anywhere, even inside a character. */
export interface LogEvent {
  readonly vertex: string;
  readonly data: Uint8Array;
}

/** Reads one parsed JSON value; undefined when it is no such message. Unknown fields are ignored. */
export function readSolveEvent(value: unknown): SolveEvent | undefined {
  if (!isRecord(value)) return undefined;
  const { vertexes, statuses, logs, warnings } = value;
  if (![vertexes, statuses, logs, warnings].some(Array.isArray)) return undefined;
  return {
    vertexes: each(vertexes, readVertex),
    statuses: each(statuses, readStatus),
    logs: each(logs, readLog),
  };
}

function readVertex(value: Fields): VertexEvent | undefined {
  const { digest, name, error } = value;
  if (typeof digest !== 'string') return undefined;
  return {
    digest,
    name: typeof name === 'string' ? name : '',
    started: time(value.started),
    completed: time(value.completed),
    cached: value.cached === true,
    error: typeof error === 'string' && error !== '' ? error : undefined,
  };
}

function readStatus({ vertex, id, current }: Fields): StatusEvent | undefined {
  if (typeof vertex !== 'string' || typeof id !== 'string') return undefined;
  return { vertex, id, current: typeof current === 'number' ? current : 0 };
}

function readLog({ vertex, data }: Fields): LogEvent | undefined {
  if (typeof vertex !== 'string' || typeof data !== 'string') return undefined;
  return { vertex, data: Buffer.from(data, 'base64') };
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function each<T>(list: unknown, read: (fields: Fields) => T | undefined): readonly T[] {
  if (!Array.isArray(list)) return [];
  const found: T[] = [];
  for (const element of list) {
    const item = isRecord(element) ? read(element) : undefined;
    if (item !== undefined) found.push(item);
  }
  return found;
}

function time(value: unknown): number | undefined {
  const milliseconds = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
