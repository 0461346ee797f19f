import { describe, expect, test } from 'vitest';
import { deriveSource, parseDeb822, parseOneLine, pinOnly } from '../../scripts/engine/sources.mjs';

const DEB822 = `# a comment
Types: deb deb-src
# in between
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;

describe('the source one release later', () => {
  test('keeps the mirrors and the key of a deb822 file and drops the updates', () => {
    expect(deriveSource(parseDeb822(DEB822), 'bookworm', 'trixie')).toBe(`Types: deb
URIs: http://mirror.example/debian
Suites: trixie
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: trixie-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`);
  });

  test('is derived from one-line sources with and without options', () => {
    const sources = parseOneLine(`
deb http://mirror.example/debian bookworm main contrib # the base
deb-src http://mirror.example/debian bookworm main
#deb http://old.example/debian bookworm main
deb [arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example/debian-security bookworm-security main
deb http://mirror.example/debian bookworm-backports main
`);
    expect(deriveSource(sources, 'bookworm', 'trixie')).toBe(`Types: deb
URIs: http://mirror.example/debian
Suites: trixie
Components: main

Types: deb
URIs: http://mirror.example/debian-security
Suites: trixie-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`);
  });

  test.each([
    ['signed by another key', 'Signed-By: /etc/apt/keyrings/somebody.gpg'],
    [
      'signed by a key in the file',
      'Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBF',
    ],
    ['switched off', 'Enabled: no'],
  ])('leaves out an entry that is %s', (_why, line) => {
    const text = `Types: deb\nURIs: http://a.example/x\nSuites: bookworm\nComponents: main\n${line}\n`;
    expect(deriveSource(parseDeb822(text), 'bookworm', 'trixie')).toBeUndefined();
  });

  test('leaves out an archive without the component main, such as a vendor of one program', () => {
    const sources = parseOneLine('deb http://vendor.example/linux/debian bookworm stable');
    expect(deriveSource(sources, 'bookworm', 'trixie')).toBeUndefined();
  });

  test('is the same release when the two names are the same', () => {
    expect(deriveSource(parseDeb822(DEB822), 'bookworm', 'bookworm')).toContain(
      'Suites: bookworm\n',
    );
  });
});

test('a pin takes the named packages from the later release and leaves all others', () => {
  expect(pinOnly('trixie', ['docker.io', 'docker-cli'])).toBe(`Package: *
Pin: release n=trixie
Pin-Priority: 50

Package: *
Pin: release n=trixie-security
Pin-Priority: 50

Package: docker.io docker-cli
Pin: release n=trixie
Pin-Priority: 600

Package: docker.io docker-cli
Pin: release n=trixie-security
Pin-Priority: 600
`);
});
