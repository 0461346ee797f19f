import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { folderWith, hasEngine } from '../engine/local-engine.js';
import { invoke } from './invoke.js';

const SECONDS = 1000;

describe.runIf(hasEngine)(
  'a call of a function in a clean runtime',
  { timeout: 300 * SECONDS },
  () => {
    test('tells what the handler returned for its event', async () => {
      const outcome = await call('def handler(event, context): return {"doubled": event["n"] * 2}');
      expect(outcome).toEqual({ kind: 'returned', value: { doubled: 42 } });
    });

    test('tells which exception the handler raised', async () => {
      const outcome = await call('def handler(event, context): raise KeyError("missing")');
      expect(outcome).toMatchObject({ kind: 'raised', during: 'call', type: 'KeyError' });
    });

    test('tells that the module cannot be imported', async () => {
      const outcome = await call('import not_there');
      expect(outcome).toMatchObject({ during: 'import', message: "No module named 'not_there'" });
    });

    test('is made as an ordinary user, without network, with code that cannot be changed', async () => {
      const outcome = await call(`
import os, socket
def handler(event, context):
    interfaces = [name for _, name in socket.if_nameindex()]
    return {"root": os.getuid() == 0, "interfaces": interfaces, "fixed": bool(os.statvfs("/var/task").f_flag & os.ST_RDONLY)}
`);
      const value = { root: false, interfaces: ['lo'], fixed: true };
      expect(outcome).toEqual({ kind: 'returned', value });
    });

    test('lays a later layer over an earlier one, and the function before both', async () => {
      const code = 'import one, other\ndef handler(event, context): return [one.SAYS, other.SAYS]';
      const outcome = await call(code, { 'other.py': 'SAYS = "function"' }, [
        { 'python/one.py': 'SAYS = "first"', 'python/other.py': 'SAYS = "first"' },
        { 'python/one.py': 'SAYS = "second"' },
      ]);
      expect(outcome).toEqual({ kind: 'returned', value: ['second', 'function'] });
    });
  },
);

type Files = Readonly<Record<string, string>>;

async function call(code: string, others: Files = {}, layers: readonly Files[] = []) {
  const folder = folderWith({});
  return invoke({
    runtime: 'python3.11',
    zip: await zipOf(join(folder, 'function.zip'), { 'lambda.py': code, ...others }),
    layers: await Promise.all(
      layers.map((files, index) => zipOf(join(folder, `layer-${index}.zip`), files)),
    ),
    handler: 'lambda.handler',
    event: { n: 21 },
  });
}

async function zipOf(path: string, files: Files): Promise<string> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}
