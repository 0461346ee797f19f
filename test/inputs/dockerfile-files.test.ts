import { expect, test } from 'vitest';
import { copiedPaths } from '../../src/inputs/dockerfile-files.js';

test('what a Dockerfile copies is known as far as its text tells', () => {
  const text = `FROM debian AS one
COPY a.txt ./conf/ /opt/
copy --chown=1:1 --chmod=755 tools/run.sh /usr/bin/
ADD b.tar.gz \\
    c.txt /opt/
COPY ["with blank.txt", "d/*.py", "/x/"]
ONBUILD COPY late.txt /
COPY src/**/x.py /
COPY . /all
`;
  expect(copiedPaths(text)).toEqual([
    '',
    'a.txt',
    'b.tar.gz',
    'c.txt',
    'conf',
    'd',
    'late.txt',
    'src',
    'tools/run.sh',
    'with blank.txt',
  ]);
});

test('what is in another stage, at a URL, in a variable, in the file itself or above is not', () => {
  const text = `FROM debian
COPY --from=one /x /y
COPY --link --from=debian:12 /x /y
ADD https://example.com/x.tgz /x
ADD git@example.com:x.git /x
COPY $FILE \${OTHER} "quoted" /x
COPY <<EOF /x
text
EOF
COPY ../outside /x
COPY ["not json /x
# COPY comment.txt /
RUN echo COPY x /y
`;
  expect(copiedPaths(text)).toEqual([]);
});
