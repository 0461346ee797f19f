import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appendLog, emptyLog, logLines } from '../../src/engine/log-tail.js';
import {
  missingOsPackage,
  osPackageNeeds,
  packagesLine,
} from '../../src/engine/os-packages/index.js';
import { stepHint } from '../../src/engine/step-hints.js';

const folder = join(import.meta.dirname, 'pip-logs');

/** What the engine would hand over of a step that printed this. */
function failed(text: string | Uint8Array) {
  const log = logLines(appendLog(emptyLog, Buffer.from(text)));
  return { kind: 'step-failed', step: 'RUN', exitCode: 1, error: '', log } as const;
}

/** pip's real output in Debian bookworm with Python 3.11, and the OS package to be named for it. */
const recorded: Readonly<Record<string, string>> = {
  bcrypt: 'cargo',
  cffi: 'libffi-dev',
  'contourpy-without-ninja': 'ninja-build',
  cryptography: 'libssl-dev',
  dlib: 'cmake',
  fiona: 'libgdal-dev',
  gmpy2: 'libmpfr-dev',
  gssapi: 'libkrb5-dev',
  h5py: 'libhdf5-dev',
  lxml: 'libxslt1-dev',
  mysqlclient: 'default-libmysqlclient-dev',
  'mysqlclient-without-pkg-config': 'pkg-config',
  netCDF4: 'libnetcdf-dev',
  'netifaces-without-gcc': 'gcc',
  'netifaces-without-python-h': 'python3-dev',
  pdftotext: 'libpoppler-cpp-dev',
  pillow: 'libjpeg-dev',
  plyvel: 'libleveldb-dev',
  'psycopg-c': 'libpq-dev',
  psycopg2: 'libpq-dev',
  pyaudio: 'portaudio19-dev',
  pycairo: 'libcairo2-dev',
  pycurl: 'libcurl4-openssl-dev',
  pygit2: 'libgit2-dev',
  pygraphviz: 'libgraphviz-dev',
  pyicu: 'libicu-dev',
  pylibmc: 'libmemcached-dev',
  pymssql: 'freetds-dev',
  'pymssql-without-openssl': 'libssl-dev',
  pynacl: 'libsodium-dev',
  'pynacl-without-make': 'make',
  pyodbc: 'unixodbc-dev',
  'pyodbc-without-g++': 'g++',
  pyproj: 'libproj-dev',
  pysam: 'libbz2-dev',
  pysqlite3: 'libsqlite3-dev',
  'python-ldap': 'libldap2-dev',
  'python-snappy': 'libsnappy-dev',
  scipy: 'gfortran',
  'scipy-without-blas': 'libopenblas-dev',
  shapely: 'libgeos-dev',
  tesserocr: 'libtesseract-dev',
  'without-git': 'git',
  xmlsec: 'libxmlsec1-dev',
  'xmlsec-without-pkg-config': 'pkg-config',
};

/** The same of what no list has, and what is to be named of it. */
const unknown: Readonly<Record<string, string>> = {
  'dbus-python': 'dbus-1',
  hidapi: 'libusb-1.0',
};

describe("a failed pip's own output", () => {
  test.each(Object.entries(recorded))('of %s names %s', (name, wanted) => {
    const text = readFileSync(join(folder, `${name}.log`));
    expect(missingOsPackage(text.toString())?.aptGet).toContain(wanted);
    expect(stepHint(failed(text))).toMatch(
      /write packages: \{apt-get: \[.*\], dnf: \[.*\], .*apk: \[.*\]\}/,
    );
    expect(stepHint(failed(text))).toContain(wanted);
  });

  test('is recorded for each of them', () => {
    const logs = readdirSync(folder).map((file) => file.replace('.log', ''));
    expect(logs.sort()).toEqual([...Object.keys(recorded), ...Object.keys(unknown)].sort());
  });

  test('counts for more than a download that failed at first and was tried again', () => {
    const retried = 'WARNING: Retrying after: Temporary failure in name resolution\n';
    const text = readFileSync(join(folder, 'cffi.log'), 'utf8');
    expect(stepHint(failed(retried + text))).toContain('libffi-dev');
  });

  test.each(
    Object.entries(unknown),
  )('of %s names %s, for which no OS package is known', (name, missing) => {
    const hint = stepHint(failed(readFileSync(join(folder, `${name}.log`))));
    expect(hint).toContain(`A package is compiled from source and ${missing} is missing: `);
  });

  test('says how to carry what is loaded later, but not for a tool', () => {
    const hint = (name: string) => stepHint(failed(readFileSync(join(folder, `${name}.log`))));
    expect(hint('psycopg2')).toMatchInlineSnapshot(
      `"What is missing is PostgreSQL's pg_config and headers: write packages: {apt-get: [libpq-dev], dnf: [libpq-devel], yum: [postgresql-devel], apk: [postgresql-dev]} with libs: auto for what it loads when it runs, or require a version that has a wheel."`,
    );
    expect(hint('without-git')).toMatchInlineSnapshot(
      `"What is missing is git: write packages: {apt-get: [git], dnf: [git], apk: [git]}, or require a version that has a wheel."`,
    );
  });
});

// Messages as the projects print them, for what could not be provoked with Debian's packages.
test.each([
  ["error: can't find Rust compiler", 'cargo'],
  ['Cargo, the Rust package manager, is not installed or is not on PATH.', 'cargo'],
  ['Could not find directory of OpenSSL installation', 'libssl-dev'],
  ['failed to run custom build command for `openssl-sys v0.9.99`', 'libssl-dev'],
  ['src/x.c:3:10: fatal error: openssl/ssl.h: No such file or directory', 'libssl-dev'],
  ['CMake must be installed to build dlib', 'cmake'],
  ['/bin/sh: mysql_config: command not found', 'default-libmysqlclient-dev'],
  ['Error: pg_config executable not found.', 'libpq-dev'],
  ['_x.c:9:10: fatal error: libxml/xpath.h: No such file or directory', 'libxml2-dev'],
  [
    'src/constants.h:1:1: fatal error: xmlsec/crypto.h: No such file or directory',
    'libxmlsec1-dev',
  ],
  ["Package 'xmlsec1', required by 'virtual:world', not found", 'libxmlsec1-dev'],
  [
    'Modules/ldapcontrol.c:7:10: fatal error: sasl/sasl.h: No such file or directory',
    'libsasl2-dev',
  ],
  ['Modules/errors.h:8:18: error: lber.h: No such file or directory', 'libldap2-dev'],
  ['/bin/sh: line 1: geos-config: command not found', 'libgeos-dev'],
  ['  confluent_kafka.h:23:10: fatal error: librdkafka/rdkafka.h: No such file', 'librdkafka-dev'],
  ["FileNotFoundError: [Errno 2] No such file or directory: 'xslt-config'", 'libxslt1-dev'],
  ["error: [Errno 2] No such file or directory: 'x86_64-linux-gnu-g++'", 'g++'],
  ['/bin/sh: 1: cmake: not found', 'cmake'],
  ['  Caused by: Cargo metadata failed. Do you have cargo in your PATH?', 'cargo'],
  ['ERROR: Could not detect Ninja v1.8.2 or newer', 'ninja-build'],
  ['ext/ft2ft.c:12:10: fatal error: ft2build.h: No such file or directory', 'libfreetype-dev'],
  ["error: command 'swig' failed: No such file or directory", 'swig'],
  ['unable to execute gcc: No such file or directory', 'gcc'],
  ["gcc: fatal error: cannot execute 'cc1plus': execvp: No such file or directory", 'g++'],
  ["error: command 'x86_64-linux-gnu-gcc' failed: No such file or directory", 'gcc'],
])('"%s" names %s', (line, wanted) => {
  expect(missingOsPackage(line)?.aptGet).toContain(wanted);
});

test.each([
  "error: command 'gcc' failed with exit code 1",
  'Did not find CMake',
  'Successfully installed psycopg2-2.9.9',
  '-- Looking for git: not important',
  'Processing ./gcc: No such thing',
  '  copying src/curl/curl.h -> build/curl/curl.h',
  'Run-time dependency openblas found: NO (tried pkgconfig)',
  'ERROR: No matching distribution found for gcc-runtime',
])('"%s" names nothing', (line) => {
  expect(missingOsPackage(line)).toBeUndefined();
});

test('every line to be copied is one that a manifest takes', () => {
  for (const need of osPackageNeeds) {
    expect(packagesLine(need)).toMatch(
      /^packages: \{apt-get: \[[\w+.-]+(?:, [\w+.-]+)*\], dnf: \[[\w+.-]+(?:, [\w+.-]+)*\](?:, yum: \[[\w+.-]+(?:, [\w+.-]+)*\])?, apk: \[[\w+.-]+(?:, [\w+.-]+)*\]\}$/,
    );
    expect(need.source).toMatch(/^https?:\/\//);
  }
});
