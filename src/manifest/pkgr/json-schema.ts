import * as z from 'zod';
import { schema } from './schema.js';

/** Where the published schema can be fetched by editors. */
export const schemaAddress = 'https://unpkg.com/pkgr/schema/pkgr.schema.json';

/** schema/pkgr.schema.json: draft 7, which is what YAML editors understand best. */
export function pkgrJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return `${JSON.stringify({ $schema, $id: schemaAddress, ...rest }, null, 2)}\n`;
}
