import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostile } from '../hostile.js';
import { instructionsOf } from '../read-back.js';
import { printOwn, told } from './print-own.js';

describe('an argument', () => {
  const text = `ARG BASE KIND=small
FROM \${BASE}:\${KIND} AS one
ARG KIND OTHER=o \\
    LAST='l'
ONBUILD ARG OTHER
FROM one
ARG KIND=own
RUN echo $KIND
`;

  test('is the value of every ARG of its name, and of FROM', async () => {
    const args = { BASE: 'a/b', KIND: 'large', LAST: '$x "y"' };
    expect((await printOwn(text, { args })).split('\n')).toEqual([
      '# Stage one of docker/Dockerfile.',
      'FROM --platform=linux/amd64 a/b:large AS base.1',
      'ARG KIND="large" OTHER=o \\',
      '    LAST="\\$x \\"y\\""',
      'ONBUILD ARG OTHER',
      '',
      '# The image to build on, by docker/Dockerfile.',
      'FROM base.1 AS base',
      'ARG KIND="large"',
      'RUN echo $KIND',
      'USER root',
    ]);
  });

  test('leaves the defaults of others, which may be made of it', async () => {
    const made = 'ARG A=1\nARG B=x$A\nFROM c:$B\nARG B\nONBUILD ARG A\n';
    expect(await printOwn(made, { args: { A: '2' } })).toContain(
      'FROM --platform=linux/amd64 c:x2 AS base\nARG B="x2"\nONBUILD ARG A="2"\n',
    );
  });

  test('can be empty, and what Docker sets by itself', async () => {
    const set = `ARG A=1\nFROM c:\${A:-none}-$TARGETARCH\nARG A TARGETARCH\n`;
    expect(await printOwn(set, { args: { A: '', TARGETARCH: 'x' } })).toContain(
      'c:none-x AS base\nARG A="" TARGETARCH="x"\n',
    );
  });

  test('is one word of one instruction, whatever its value', async () => {
    const property = fc.asyncProperty(hostile, async (value) => {
      if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(value)) return;
      const printed = await printOwn('FROM c\nARG A=b OTHER\nRUN true', { args: { A: value } });
      const keywords = instructionsOf(printed).map((one) => one.getKeyword());
      expect(keywords).toEqual(['FROM', 'ARG', 'RUN', 'USER']);
      const line = printed.split('\n').find((each) => each.startsWith('ARG ')) ?? '';
      const [, quoted = ''] = /^ARG A="(.*)" OTHER$/u.exec(line) ?? [];
      expect(quoted.replace(/\\([\\"$])/g, '$1')).toBe(value);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});

describe('a target', () => {
  const text = `FROM a AS One
RUN one
FROM b AS two
COPY --from=tool /t /t
SHELL ["/bin/bash", "-c"]
FROM c
`;

  test('is the base, in any letter case, without the stages behind it', async () => {
    expect((await printOwn(text, { target: 'oNE' })).split('\n')).toEqual([
      '# The image to build on, by oNE of docker/Dockerfile.',
      'FROM --platform=linux/amd64 a:latest AS base',
      'RUN one',
      'USER root',
    ]);
  });

  test('brings the images and the shell of its own stages along', async () => {
    const printed = await printOwn(text, { target: 'two' });
    expect(printed).toContain('FROM --platform=linux/amd64 tool:latest AS base.2\n');
    expect(printed).toMatch(/\nUSER root\nSHELL \[ "\/bin\/sh", "-c" \]$/);
  });
});

describe('a context of its own', () => {
  test('is what COPY and bind mounts take from, unless they name something else', async () => {
    const text = `FROM a AS one
COPY . /all
copy --chown=1:2 \\
  ["a b", "/c"]
COPY --from=tool /t /t
COPY <<EOF /text
hello
EOF
COPY file <<EOF /both/
hello
EOF
ONBUILD COPY x /x
FROM b
RUN --mount=target=/in --mount=type=bind,source=p,target=/p --mount=type=cache,target=/c true
RUN --mount=from=one,target=/one --mount=type=secret,id=ca true
ADD https://example.com/x.tar.gz git@github.com:a/b.git /x/
ADD ["https://example.com/x", "/x/"]
`;
    const printed = await printOwn(text, { context: 'context-1' });
    const lines = printed.split('\n').filter((line) => /^(COPY|copy|ONBUILD|RUN|ADD)/.test(line));
    expect(lines).toEqual([
      'COPY --from=context-1 . /all',
      'copy --from=context-1 --chown=1:2 \\',
      'COPY --from=base.2 /t /t',
      'COPY <<EOF /text',
      'COPY --from=context-1 file <<EOF /both/',
      'ONBUILD COPY --from=context-1 x /x',
      'RUN --mount=target=/in,from=context-1 --mount=type=bind,source=p,target=/p,from=context-1 --mount=type=cache,target=/c true',
      'RUN --mount=from=base.1,target=/one --mount=type=secret,id=ca true',
      'ADD https://example.com/x.tar.gz git@github.com:a/b.git /x/',
      'ADD ["https://example.com/x", "/x/"]',
    ]);
  });

  const add = 'ADD cannot take files from a context of its own';
  const unclear = 'whether this takes files from the context cannot be told';
  test.each([
    ['ADD x.tar.gz /x', add],
    ['ADD https://example.com/x y /x/', add],
    ['ADD ["x", "/x"]', add],
    ['ADD --chown=1:1 $X /x', add],
    ['ONBUILD ADD x /x', add],
    ['RUN --mount=type=$T,target=/x true', unclear],
    ['RUN --mount=from=,target=/x true', unclear],
    ['COPY --from= x /x', unclear],
  ])('cannot be had for %s', (line, message) => {
    const [first] = told(`FROM a\n${line}\n`, { hasContext: true });
    expect(first).toMatch(/^docker\/Dockerfile:2:\d+: error: /);
    expect(first).toContain(message);
    expect(told(`FROM a\n${line}\n`)).toEqual([]);
  });
});
