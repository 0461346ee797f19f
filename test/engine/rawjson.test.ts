import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRawJsonParser, type RawJsonItem } from '../../src/engine/rawjson.js';
import { recorded } from './recorded.js';

function parse(chunks: readonly Uint8Array[], limit?: number): RawJsonItem[] {
  const parser = createRawJsonParser(limit);
  return [...chunks.flatMap((chunk) => parser.push(chunk)), ...parser.end()];
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The same messages as buildx 0.14 and later print them: one a line. */
function oneALine(stderr: string): string {
  return stderr.replace(/^\{\n(?:.|\n)*?^\}$/gm, (object) => JSON.stringify(JSON.parse(object)));
}

const event = (name: string) => ({ vertexes: [{ digest: 'sha256:1', name }] });
const names = (items: readonly RawJsonItem[]) =>
  items.flatMap((item) => (item.kind === 'event' ? item.event.vertexes.map((v) => v.name) : []));
const texts = (items: readonly RawJsonItem[]) =>
  items.flatMap((item) => (item.kind === 'text' ? [item.line] : []));

describe('the parser of rawjson', () => {
  const stderr = recorded('run-failing').toString();

  test('reads indented objects and objects on one line alike', () => {
    const indented = parse([bytes(stderr)]);
    const lines = parse([bytes(oneALine(stderr))]);
    expect(oneALine(stderr).length).toBeLessThan(stderr.length);
    expect(lines).toEqual(indented);
    expect(indented.filter((item) => item.kind === 'event').length).toBeGreaterThan(15);
  });

  test('reads the same however the bytes are cut', () => {
    const text = `${stderr}{"vertexes":[{"digest":"d","name":"größer — 包"}]}\nERROR: ünd\n`;
    for (const whole of [bytes(text), bytes(oneALine(text))]) {
      const expected = parse([whole]);
      const cuts = fc.array(fc.nat(whole.length), { maxLength: 40 });
      fc.assert(
        fc.property(cuts, (places) => {
          const sorted = [0, ...places.sort((a, b) => a - b), whole.length];
          const chunks = sorted.slice(1).map((to, index) => whole.subarray(sorted[index], to));
          expect(parse(chunks)).toEqual(expected);
        }),
        { numRuns: 100 },
      );
    }
    expect(names(parse([bytes(text)]))).toContain('größer — 包');
  });

  test('hands over the last error as text, line by line', () => {
    const last = texts(parse([bytes(stderr)])).filter((line) => line.startsWith('ERROR: '));
    expect(last).toEqual([expect.stringContaining('did not complete successfully: exit code: 7')]);
  });

  test('takes lines that are no messages as text, wherever they stand', () => {
    const text = [
      'WARNING: something',
      JSON.stringify(event('one')),
      '{not json',
      '{"neither": "a message"}',
      JSON.stringify(event('two'), undefined, 2),
      '{',
      '  "cut": ',
      'short',
      JSON.stringify(event('three'), undefined, 2),
      '{',
      JSON.stringify(event('four')),
    ].join('\n');
    const items = parse([bytes(text)]);
    expect(names(items)).toEqual(['one', 'two', 'three']);
    expect(texts(items)).toEqual([
      'WARNING: something',
      '{not json',
      '{"neither": "a message"}',
      '{',
      '  "cut": ',
      'short',
      '{',
      JSON.stringify(event('four')),
    ]);
  });

  test('ignores fields that it does not know and values of another type', () => {
    const line = JSON.stringify({
      new: 1,
      vertexes: [null, 3, { digest: 7 }, { digest: 'a', name: 'kept', cached: 'yes', started: 5 }],
      statuses: [{ vertex: 'a' }],
      logs: [
        { vertex: 'a', data: 9 },
        { vertex: 'a', data: 'aGk=' },
      ],
    });
    const [item] = parse([bytes(`${line}\r\n`)]);
    expect(item).toEqual({
      kind: 'event',
      event: {
        vertexes: [
          {
            digest: 'a',
            name: 'kept',
            started: undefined,
            completed: undefined,
            cached: false,
            error: undefined,
          },
        ],
        statuses: [],
        logs: [{ vertex: 'a', data: Buffer.from('hi') }],
      },
    });
  });

  test('drops what is longer than the limit and reads on behind it', () => {
    const long = 'x'.repeat(5000);
    const text = [long, JSON.stringify(event(long), undefined, 2), JSON.stringify(event('kept'))];
    const chunks = bytes(`${text.join('\n')}\n`);
    const pieces = Array.from({ length: 200 }, (_, at) => chunks.subarray(at * 64, at * 64 + 64));
    expect(names(parse(pieces, 1000))).toEqual(['kept']);
  });
});
