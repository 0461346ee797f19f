import { describe, expect, it } from 'vitest';
import {
  type Diagnostic,
  ExitCode,
  formatDiagnostic,
  formatDiagnostics,
  hasErrors,
  nearest,
  PkgrError,
} from '../../src/diagnostics/index.js';

const problem: Diagnostic = {
  code: 'missing-file',
  severity: 'error',
  message: 'a.py does not exist',
  at: { file: 'pkgr.yml', line: 3, column: 14 },
  hint: 'did you mean app.py?',
  details: ['first', 'second'],
};

describe('a printed diagnostic', () => {
  it('has its place, weight, message and code in a line, then details and the hint', () => {
    expect(formatDiagnostic(problem)).toBe(
      [
        'pkgr.yml:3:14: error: a.py does not exist [missing-file]',
        '  | first',
        '  | second',
        '  hint: did you mean app.py?',
      ].join('\n'),
    );
  });

  it('has no place when no file is to blame', () => {
    const plain = { code: 'disk-full', severity: 'warning', message: 'the disk is full' } as const;
    expect(formatDiagnostics([plain, plain])).toBe(
      'warning: the disk is full [disk-full]\nwarning: the disk is full [disk-full]',
    );
  });

  it('shows characters that would move the cursor, end the line or turn its direction', () => {
    const hostile = { ...problem, message: 'a\u001b[2J\r\nb\u202ec\u2028d\u009be\tf', details: [] };
    expect(formatDiagnostic(hostile).split('\n')[0]).toBe(
      'pkgr.yml:3:14: error: a\\u001b[2J\\u000d\\u000ab\\u202ec\\u2028d\\u009be\tf [missing-file]',
    );
  });
});

describe('what stops a command', () => {
  it('is an error, not a warning or a notice', () => {
    expect(hasErrors([{ ...problem, severity: 'warning' }])).toBe(false);
    expect(hasErrors([{ ...problem, severity: 'notice' }, problem])).toBe(true);
    expect(hasErrors([])).toBe(false);
  });

  it('is thrown with everything that is wrong, as wrong input unless it says otherwise', () => {
    const error = new PkgrError([problem, { ...problem, message: 'more' }]);
    expect(error.message).toBe('a.py does not exist\nmore');
    expect(error.exitCode).toBe(ExitCode.wrongInput);
    expect(new PkgrError([problem], ExitCode.tryAgain).exitCode).toBe(75);
  });
});

describe('the nearest word', () => {
  const keys = ['requirements', 'include', 'exclude', 'runtime', 'libs'];

  it('is the one that a slip of the fingers makes of it', () => {
    const slips = ['requirments', 'inlcude', 'excludes', 'Runtime', 'lib', 'runtmie'];
    expect(slips.map((slip) => nearest(slip, keys))).toEqual([
      'requirements',
      'include',
      'exclude',
      'runtime',
      'libs',
      'runtime',
    ]);
  });

  it('is none when all are something else', () => {
    expect(nearest('memorySize', keys)).toBeUndefined();
    expect(nearest('lime', keys)).toBeUndefined();
    expect(nearest('', keys)).toBeUndefined();
  });

  it('is none for a word of two letters, unless only their case differs', () => {
    expect(nearest('ab', ['ac', 'b'])).toBeUndefined();
    expect(nearest('ab', ['AB'])).toBe('AB');
  });

  it('is the first of those that are equally near', () => {
    expect(nearest('food', ['fool', 'foot'])).toBe('fool');
  });
});
