import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { copyExample, type ExampleCopy, exampleJson, inExample } from './example.js';
import { invoke, returned } from './invoke.js';
import { listing } from './listing.js';
import { readZip } from './zip.js';

const EXAMPLE = 'order-pipeline';
const MINUTE = 60_000;

/** In the order in which an order passes through them, each with what Lambda calls. */
const functions = {
  accept_order: 'accept.handler',
  price_order: 'price.handler',
  send_receipt: 'receipt.handler.handler',
} as const;
type Name = keyof typeof functions;
const names = Object.keys(functions) as readonly Name[];

describe.runIf(hasEngine)('examples/order-pipeline', { timeout: 5 * MINUTE }, () => {
  let example: ExampleCopy;
  beforeAll(async () => {
    example = await copyExample(EXAMPLE);
    await example.build();
  }, 15 * MINUTE);
  afterAll(() => example?.remove());

  const call = async (name: Name, event: unknown) => {
    const handler = functions[name];
    return returned(
      await invoke({ runtime: 'python3.11', zip: example.zip(name), handler, event }),
    );
  };

  test.each(names)('%s has the entries that are expected', async (name) => {
    const entries = await readZip(example.zip(name));
    await expect(listing(entries)).toMatchFileSnapshot(
      inExample(EXAMPLE, `expected/${name}.listing`),
    );
  });

  test('all have the same shared code, without its tests', async () => {
    const shared = await Promise.all(
      names.map(async (name) => {
        const entries = await readZip(example.zip(name));
        const own = entries.filter(({ path }) => /^shop\/.*\.py$/.test(path));
        return own.map(({ path, content }) => `${path}\n${content}`);
      }),
    );
    expect(shared[0]?.map((entry) => entry.split('\n')[0])).toEqual([
      'shop/__init__.py',
      'shop/money.py',
      'shop/orders.py',
    ]);
    expect(shared).toEqual(names.map(() => shared[0]));
  });

  test('hand an order on to each other in a clean runtime, up to the receipt', async () => {
    let event = await exampleJson(EXAMPLE, 'events/order.json');
    for (const name of names) {
      const result = await call(name, event);
      await expect(result).toMatchFileSnapshot(inExample(EXAMPLE, `expected/${name}.result.json`));
      event = JSON.parse(result);
    }
  });

  test('refuse what is no order', async () => {
    const result = await call('accept_order', { customer: '', lines: [] });
    expect(JSON.parse(result)).toEqual({ refused: expect.stringContaining("['customer']") });
  });

  test('an edit of the shared code makes all anew, one of a single function only that', async () => {
    const changed = async (path: string) => {
      await appendFile(join(example.folder, path), '\n# edited\n');
      const { units } = await example.build();
      return units.flatMap(({ unit, kind }) => (kind === 'built' ? unit.name : []));
    };
    expect(await changed('shop/orders.py')).toEqual(names);
    expect(await changed('functions/price/price.py')).toEqual(['price_order']);
  });
});
