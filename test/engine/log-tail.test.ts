import { expect, test } from 'vitest';
import { appendLog, emptyLog, lastLogLine, logLines } from '../../src/engine/log-tail.js';

function printed(...parts: (string | Uint8Array)[]) {
  return parts.reduce<typeof emptyLog>(
    (tail, part) => appendLog(tail, typeof part === 'string' ? Buffer.from(part) : part),
    emptyLog,
  );
}

test('a log keeps its last two hundred lines', () => {
  const lines = Array.from({ length: 320 }, (_, at) => `line ${at}\n`);
  const expected = Array.from({ length: 200 }, (_, at) => `line ${at + 120}`);
  expect(logLines(printed(...lines))).toEqual(expected);
  expect(logLines(printed(lines.join('')))).toEqual(expected);
});

test('a line that is not finished is shown, and completed by what comes next', () => {
  const first = printed('one\ntw');
  expect(logLines(first)).toEqual(['one', 'tw']);
  expect(logLines(appendLog(first, Buffer.from('o\n')))).toEqual(['one', 'two']);
});

test('a character that is cut in two is put together', () => {
  const bytes = Buffer.from('größer 包\n');
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    expect(logLines(printed(bytes.subarray(0, cut), bytes.subarray(cut)))).toEqual(['größer 包']);
  }
});

test('a progress bar drawn over itself is the line that can be seen at the end', () => {
  expect(lastLogLine(printed('  10%\r  50%\r'))).toBe('  50%');
  expect(logLines(printed('  10%\r  50%\rdone\r\nnext\r\n'))).toEqual(['done', 'next']);
});

test('colours, cursor movements and other control characters do not reach the terminal', () => {
  const tail = printed('\u001b[31mred\u001b[0m \u001b]0;title\u0007a\u0000b\tc\u009b2Jd\u202ee\n');
  expect(logLines(tail)).toEqual(['red ab    cde']);
});

test('what is kept of an endless line is bounded', () => {
  let tail = emptyLog;
  for (let count = 0; count < 100; count += 1) tail = appendLog(tail, Buffer.alloc(10_000, 0x61));
  expect(tail.unfinished.length).toBeLessThan(20_000);
  expect(lastLogLine(tail)?.length).toBeLessThanOrEqual(1000);
});

test('the last line to show is the last that is not blank', () => {
  expect(lastLogLine(printed('something\n\n  \n'))).toBe('something');
  expect(lastLogLine(emptyLog)).toBeUndefined();
});
