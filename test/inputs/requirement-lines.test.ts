import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordedLine, recordedLines } from '../../src/inputs/requirement-lines.js';

test('lines are what pip reads: joined, without comments and blanks', () => {
  expect(recordedLines('# all\nrequests==2.31  # pinned\n\nsix \\\n  >=1\n-r more.txt\n')).toEqual([
    'requests==2.31',
    'six   >=1',
    '-r more.txt',
  ]);
});

test('the hashes of a line become one that is short and changes with any of them', () => {
  const line = (...hashes: readonly string[]) =>
    recordedLine(`six==1.0 ${hashes.map((hash) => `--hash=sha256:${hash}`).join(' ')}`);
  expect(line('a'.repeat(64), 'b'.repeat(64))).toMatch(/^six==1\.0 --hash=[0-9a-f]{12}$/);
  const lines = [line('a', 'b'), line('a', 'c'), line('a'), 'six==1.0'];
  expect(new Set(lines).size).toBe(4);
});

test.each([
  ['--index-url https://user:s3cret@example.com/simple', '--index-url https://example.com/simple'],
  ['x @ https://s3cret@example.com/x.whl', 'x @ https://example.com/x.whl'],
  ['x @ https://example.com/x.whl?token=s3cret', 'x @ https://example.com/x.whl'],
  ['x @ https://a:s3@cret@example.com/x.whl#egg=x', 'x @ https://example.com/x.whl#egg=x'],
  ['git+ssh://git@example.com/x.git@v1#egg=x', 'git+ssh://example.com/x.git@v1#egg=x'],
  [`-i https://\${USER}:\${TOKEN}@example.com/`, '-i https://example.com/'],
])('%s is recorded without what may be a secret', (line, recorded) => {
  expect(recordedLine(line)).toBe(recorded);
});

test('no user name, password or query of an address is ever recorded', () => {
  const secret = fc
    .stringMatching(/^[A-Za-z0-9%:@!$&'()*+,;=._~-]{6,20}$/)
    .map((text) => `q${text}q`);
  fc.assert(
    fc.property(
      secret,
      secret,
      fc.constantFrom('https', 'HTTP', 'git+ssh', 'svn+http'),
      (one, other, scheme) => {
        const line = recordedLine(
          `x @ ${scheme}://${one}:${other}@example.com/x.whl?a=${one}&b=${other}#egg=x`,
        );
        expect(line).toBe(`x @ ${scheme}://example.com/x.whl#egg=x`);
      },
    ),
  );
});
