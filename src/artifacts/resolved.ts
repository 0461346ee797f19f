import * as z from 'zod';
import { packageSchema } from './schema.js';

/** What an install has brought. What is not known is absent: an old pip does not tell archives. */
export type ResolvedPackage = z.infer<typeof packageSchema>;

const resolvedSchema = z.object({ packages: z.array(packageSchema) });

/** Reads what an install has told, from a parsed JSON value; undefined when it is no such thing. */
export function readResolved(value: unknown): readonly ResolvedPackage[] | undefined {
  const { data } = resolvedSchema.safeParse(value);
  return data?.packages;
}
