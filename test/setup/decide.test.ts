import { describe, expect, test } from 'vitest';
import { decide } from '../../scripts/engine/decide.mjs';
import { type Facts, parseSystem } from '../../scripts/engine/probe.mjs';
import { majorOf } from '../../scripts/engine/version.mjs';

const BARE = { path: '/usr/local/bin/docker', error: 'Cannot connect to the Docker daemon' };
const WHOLE = { path: '/usr/bin/docker', server: '26.1.5+dfsg1', buildx: '0.13.1', error: '' };
const SILENT = { path: '/usr/bin/docker', buildx: '0.13.1', error: 'Cannot connect' };

/** A fresh Debian machine, as root, without an engine. */
const FRESH: Facts = {
  clients: [BARE],
  elsewhere: undefined,
  root: true,
  system: { id: 'debian', like: [], codename: 'bookworm' },
  systemd: false,
  daemon: undefined,
  running: false,
  foreignData: false,
};

const wish = { install: true };

/** What is decided for the fresh machine with these facts changed, as text. */
function decided(changed: Partial<Facts>, install = true): string {
  const action = decide({ ...FRESH, ...changed }, { install });
  return action.kind === 'advise' ? action.advice.join('\n') : action.kind;
}

describe('an engine that answers', () => {
  test('is used, by the first command that reaches it and has buildx', () => {
    const action = decide({ ...FRESH, clients: [BARE, WHOLE] }, wish);
    expect(action).toEqual({ kind: 'use', client: WHOLE });
  });

  test('is not replaced when it is too old', () => {
    const old = { ...WHOLE, server: '20.10.24+dfsg1' };
    expect(decided({ clients: [old] })).toContain(
      'it is 20.10.24+dfsg1 and pkgr needs 23 or later',
    );
  });

  test('is not replaced when the command has no buildx', () => {
    const plain = { path: '/usr/bin/docker', server: '27.1.0', error: '' };
    expect(decided({ clients: [plain] })).toContain('/usr/bin/docker has no buildx plugin');
  });

  test('refuses a user outside its group, and then the advice names the group', () => {
    const denied = { ...SILENT, error: 'permission denied while trying to connect' };
    expect(decided({ clients: [denied], root: false })).toContain('group "docker"');
  });
});

describe('without an engine', () => {
  test('root on Debian or Ubuntu installs the one of the distribution', () => {
    expect(decided({})).toBe('install');
    expect(decided({ system: { id: 'ubuntu', like: ['debian'], codename: 'noble' } })).toBe(
      'install',
    );
    expect(decided({ system: { id: 'mint', like: ['ubuntu', 'debian'], codename: 'x' } })).toBe(
      'install',
    );
  });

  test('a daemon that was installed before is only started', () => {
    const daemon = { path: '/usr/sbin/dockerd', version: '26.1.5' };
    expect(decide({ ...FRESH, clients: [SILENT], daemon }, wish)).toEqual({
      kind: 'start',
      daemon: '/usr/sbin/dockerd',
    });
  });

  test('a daemon without its buildx gets the missing package', () => {
    expect(decided({ daemon: { path: '/usr/sbin/dockerd', version: '26.1.5' } })).toBe('install');
  });

  test('a daemon that runs is waited for and gets no second one beside it', () => {
    const daemon = { path: '/usr/sbin/dockerd', version: '26.1.5' };
    expect(decided({ clients: [SILENT], daemon, running: true })).toBe('wait');
    expect(decided({ running: true })).toBe('wait');
  });

  test.each([
    [
      'the data of another engine is there',
      { foreignData: true },
      '/var/lib/docker holds the data',
    ],
    ['the user chose another engine', { elsewhere: 'tcp://build.example' }, 'tcp://build.example'],
    ['the user is not root', { root: false }, 'No Docker engine answers.'],
    ['the system is no Debian', { system: { id: 'fedora', like: [], codename: '' } }, 'No Docker'],
    ['dockerd is old', { daemon: { path: '/d', version: '20.10.24' } }, 'too old (20.10.24)'],
  ] as const)('nothing is changed when %s', (_why, changed, said) => {
    expect(decided(changed)).toContain(said);
  });

  test('nothing is installed when that is not wished', () => {
    expect(decided({}, false)).toContain('No Docker engine answers.');
  });

  test('the advice has three lines, the last of which is what works meanwhile', () => {
    const lines = decided({ root: false }).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain('--engine host');
  });
});

test('the distribution is read from os-release with and without quotes', () => {
  const text = 'NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_CODENAME=wilma\n';
  expect(parseSystem(text)).toEqual({
    id: 'linuxmint',
    like: ['ubuntu', 'debian'],
    codename: 'wilma',
  });
});

test("a version's major number is read from an engine's and from a package's version", () => {
  expect(['26.1.5+dfsg1-9', '5:28.0.1-1~debian', '', undefined].map(majorOf)).toEqual([
    26, 28, 0, 0,
  ]);
});
