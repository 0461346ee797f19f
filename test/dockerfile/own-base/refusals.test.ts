import { describe, expect, test } from 'vitest';
import { told } from './print-own.js';

/** What is wrong, by the text; the first line that is told, without its file. */
const wrong: Readonly<Record<string, readonly (readonly [text: string, said: string])[]>> = {
  'a file that is no Dockerfile': [
    ['', '1:1: error: the Dockerfile has no FROM, and so no image [invalid-dockerfile]'],
    ['# nothing\n', '1:1: error: the Dockerfile has no FROM, and so no image [invalid-dockerfile]'],
    ['ARG A=b', '1:1: error: the Dockerfile has no FROM, and so no image [invalid-dockerfile]'],
    ['FROM a\n  RNU b', '2:3: error: "RNU" is no Dockerfile instruction [invalid-dockerfile]'],
    ['FROM a\nRUN\n', '2:1: error: RUN needs an argument [invalid-dockerfile]'],
    [
      'FROM a\nONBUILD RNU b',
      '2:1: error: "RNU" is no Dockerfile instruction [invalid-dockerfile]',
    ],
    ['FROM a\nONBUILD from b', '2:1: error: FROM cannot come behind ONBUILD [invalid-dockerfile]'],
    ['FROM a\nONBUILD --x RUN b', '2:1: error: ONBUILD takes no flags [invalid-dockerfile]'],
    ['FROM a\nCOPY --link b', '2:1: error: COPY needs 2 arguments [invalid-dockerfile]'],
    [
      'RUN a\nFROM b',
      '1:1: error: RUN comes before the first FROM, where only ARG may [invalid-dockerfile]',
    ],
    [
      'FROM a\nRUN b\u0007',
      '2:6: error: the Dockerfile has a control character [invalid-dockerfile]',
    ],
    ['FROM a\rRUN b', '1:7: error: the Dockerfile has a control character [invalid-dockerfile]'],
  ],
  'text that would take in what follows it': [
    [
      'FROM a\nRUN b \\\n',
      '2:1: error: the last instruction ends in a \\, so that what follows would become part of it [invalid-dockerfile]',
    ],
    [
      'FROM a\nRUN b \\\n\n# c\n  ',
      '2:1: error: the last instruction ends in a \\, so that what follows would become part of it [invalid-dockerfile]',
    ],
    [
      'FROM a \\',
      '1:1: error: the last instruction ends in a \\, so that what follows would become part of it [invalid-dockerfile]',
    ],
    [
      'FROM a\nRUN cat <<EOF\nEOF \n',
      '2:1: error: the heredoc <<EOF does not end [invalid-dockerfile]',
    ],
    [
      'FROM a\nCOPY <<A <<B /c\nB\nA\n',
      '2:1: error: the heredoc <<B does not end [invalid-dockerfile]',
    ],
    [
      'FROM a\nONBUILD RUN <<EOF\n',
      '2:1: error: the heredoc <<EOF does not end [invalid-dockerfile]',
    ],
    [
      'FROM a\n\\\n  RUN <<EOF\n',
      '3:3: error: the heredoc <<EOF does not end [invalid-dockerfile]',
    ],
    [
      'FROM a\nRUN echo $((1 << 2))',
      '2:1: error: Docker takes "<<" for the begin of a heredoc [invalid-dockerfile]',
    ],
    [
      'FROM a\nRUN (cat <<EOF)\nEOF)\n',
      '2:1: error: Docker takes "<<EOF)" for the begin of a heredoc [invalid-dockerfile]',
    ],
    [
      "FROM a\nRUN echo it's <<EOF\nEOF\n",
      '2:1: error: whether << begins a heredoc here depends on the version of Docker [invalid-dockerfile]',
    ],
    [
      `FROM a\nRUN \${A%b} <<EOF\nEOF\n`,
      '2:1: error: whether << begins a heredoc here depends on the version of Docker [invalid-dockerfile]',
    ],
    [
      `FROM a\nRUN ${'b'.repeat(70_000)}`,
      '2:1: error: the line is longer than 60000 bytes, about as many as Docker reads [invalid-dockerfile]',
    ],
  ],
  'a directive that changes how the file is read': [
    [
      '# escape=`\nFROM a',
      '1:1: error: the escape character ` is not supported, only \\ is [invalid-dockerfile]',
    ],
    [
      '# syntax=docker/dockerfile:1\n#ESCAPE = `\nFROM a',
      '1:1: notice: the line # syntax=docker/dockerfile:1 has no effect: the Dockerfile becomes part of a larger one [ignored-syntax]',
    ],
  ],
  'a FROM': [
    ['FROM a b', '1:1: error: this FROM cannot be read [invalid-dockerfile]'],
    ['FROM --os=x a', '1:1: error: this FROM cannot be read [invalid-dockerfile]'],
    ['FROM --platform="x" a', '1:1: error: this FROM cannot be read [invalid-dockerfile]'],
    [
      'FROM a:$B',
      '1:1: error: FROM uses B, which no ARG before the first FROM gives a value [invalid-dockerfile]',
    ],
    [
      `ARG B\nFROM a:\${B}`,
      '2:1: error: FROM uses B, which no ARG before the first FROM gives a value [invalid-dockerfile]',
    ],
    [
      'FROM a\nARG B=c\nFROM d:$B',
      '3:1: error: FROM uses B, which no ARG before the first FROM gives a value [invalid-dockerfile]',
    ],
    [
      'FROM --platform=linux/$BUILDARCH a',
      '1:1: error: FROM uses BUILDARCH, which is supported only as --platform=$BUILDPLATFORM [invalid-dockerfile]',
    ],
    ['FROM --platform=x/y/z/q a', '1:1: error: "x/y/z/q" is no platform [invalid-dockerfile]'],
    ['FROM ""', '1:1: error: "" cannot be the name of an image [invalid-dockerfile]'],
    [
      "ARG A='a\" AS b'\nFROM $A",
      '2:1: error: "a\\" AS b" cannot be the name of an image [invalid-dockerfile]',
    ],
    [`FROM a:\${B#c}`, `1:1: error: "\${B#c}" cannot be expanded here [invalid-dockerfile]`],
    [
      'ARG A="b\nFROM a',
      '1:1: error: this ARG has a quote or an escape that does not end [invalid-dockerfile]',
    ],
    ['FROM a AS 1b', '1:1: error: "1b" cannot be the name of a stage [invalid-dockerfile]'],
    [
      'FROM a AS Scratch',
      '1:1: error: "Scratch" means something else to Docker [invalid-dockerfile]',
    ],
    ['FROM a AS b\nFROM c AS B', '2:1: error: two stages are called "B" [invalid-dockerfile]'],
  ],
  'a reference to a stage': [
    [
      'FROM a\nCOPY --from=1 /b /c\nFROM d',
      '2:13: error: the stage "1" comes later in the file, or not at all [unknown-stage]',
    ],
    ['FROM a\nCOPY /x \\\n  --from=7 /b /c', ''],
    [
      'FROM a AS b\nCOPY \\\n  --from=B /b /c',
      '3:10: error: the stage "B" is this stage itself [unknown-stage]',
    ],
    [
      'FROM a\nRUN --mount=target=/x,from=b true\nFROM c AS b',
      '2:28: error: the stage "b" comes later in the file, or not at all [unknown-stage]',
    ],
    [
      'FROM a AS build\nFROM b\nCOPY --from=biuld /c /d',
      '3:13: warning: "biuld" is no stage of this file, so that it is taken for an image [unknown-stage]',
    ],
    [
      'FROM a\nFROM b\nRUN --mount=from=0,target=/c true',
      '3:18: error: a mount cannot name the stage 0 by its number [invalid-dockerfile]',
    ],
    [
      'FROM a\nCOPY --from=$B /c /d',
      '2:13: error: "$B" is neither a stage nor an image [invalid-dockerfile]',
    ],
    ...['"b"', 'b\\b', '\u00a0b', 'é'].map(
      (name) =>
        [
          `FROM a\nCOPY --from=${name} /c /d`,
          '2:1: error: the flags of this COPY can be read in more than one way [invalid-dockerfile]',
        ] as const,
    ),
    [
      'FROM a\nRUN -- --mount=from=b true',
      '2:1: error: the flags of this RUN can be read in more than one way [invalid-dockerfile]',
    ],
  ],
};

describe.each(Object.entries(wrong))('%s is told about at its place', (_, cases) => {
  test.each(cases)('%j', (text, said) => {
    expect(told(text)[0] ?? '').toBe(said === '' ? '' : `docker/Dockerfile:${said}`);
  });
});

test('everything that is wrong is told at once, with what to do', () => {
  expect(told('FROM $A\nCPY a b\nCOPY --from=3 c d')).toEqual([
    'docker/Dockerfile:2:1: error: "CPY" is no Dockerfile instruction [invalid-dockerfile]',
    '  hint: did you mean COPY?',
    'docker/Dockerfile:1:1: error: FROM uses A, which no ARG before the first FROM gives a value [invalid-dockerfile]',
    '  hint: begin the Dockerfile with ARG A=value, or with ARG A and give it a value with args',
    'docker/Dockerfile:3:13: error: the stage "3" comes later in the file, or not at all [unknown-stage]',
    '  hint: take from a stage that is above, and move it there if need be',
  ]);
});

test('what other parsers stumble over is no problem', () => {
  const text = [
    '\ufeff# check=skip=all',
    'FROM a AS a',
    'RUN echo \\\\',
    'RUN echo "a <<EOF b" \\\\\\',
    'RUN a \\  \t',
    '',
    '\t# FROM b',
    '  --mount',
    'COPY --chown="1:1" --from=c ["a b", "/c"]',
    `CMD ["x", "\${Y%z} <<"]`,
    'ENTRYPOINT',
  ].join('\n');
  expect(told(text.slice(1))).toEqual([]);
});
