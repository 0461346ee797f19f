import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { auditRemedies, diagnosticCodes, ExitCode } from '../../src/diagnostics/index.js';

const update = 'npx vitest run test/diagnostics/reference.test.ts -u';

describe('the reference of diagnostics', () => {
  it('lists every code with its meaning', async () => {
    const message = `docs/reference/diagnostics.md is out of date; write it anew with: ${update}`;
    await expect(page(), message).toMatchFileSnapshot('../../docs/reference/diagnostics.md');
  });

  it('has a sentence for each code', () => {
    for (const [code, meaning] of Object.entries(diagnosticCodes)) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(meaning).toMatch(/^[A-Za-z].*\.$/);
    }
  });
});

describe('a code of the manifest and the project', () => {
  const folders = ['../manifest', '../project'].map((path) => new URL(path, import.meta.url));
  const tests = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.test.ts'))
      .map((path) => readFileSync(new URL(`${folder.href}/${path}`), 'utf8')),
  );
  const codes = Object.keys(diagnosticCodes);
  const told = codes
    .slice(0, codes.indexOf('insecure-credentials') + 1)
    // Told by the plan, which knows what is left out.
    .filter((code) => code !== 'ignored-include');

  it.each(told)('%s is tested as it is printed', (code) => {
    expect(tests.some((text) => text.includes(`[${code}]`))).toBe(true);
  });
});

describe('a code of the audit', () => {
  it('is one of the diagnostics, and has a remedy', () => {
    for (const [code, remedy] of Object.entries(auditRemedies)) {
      expect(Object.keys(diagnosticCodes)).toContain(code);
      expect(remedy).toMatch(/^[A-Z].*\.$/);
    }
  });
});

function page(): string {
  const rows = Object.entries(diagnosticCodes).map(([code, text]) => `| \`${code}\` | ${text} |`);
  const remedies = Object.entries(auditRemedies).map(([code, text]) => `| \`${code}\` | ${text} |`);
  return `# Diagnostics

Written by a test from \`src/diagnostics/codes.ts\`; update it with \`${update}\`.

A diagnostic is printed with its place, its weight, what is wrong, its code, and what to do:

    pkgr.yml:7:5: error: a function has no key "requirments" [unknown-key]
      hint: did you mean requirements?

Line and column count from 1, and the place is that of the value or the key that is to be changed:
for a value that comes from an anchor, where the anchor has it. Lines that begin with \`|\` are more
about it, such as the end of a log. All problems of a project are told at once. Only an *error* stops
a command; a *warning* and a *notice* do not.

## Exit codes

| code | meaning |
|---|---|
| ${ExitCode.done} | done |
| ${ExitCode.buildFailed} | a build failed, or something is not as a check wants it |
| ${ExitCode.wrongInput} | what the user gave is wrong: the manifest, a file it names, the command line |
| ${ExitCode.defect} | a defect of pkgr |
| ${ExitCode.tryAgain} | try again: the engine cannot be reached, a registry timed out |
| ${ExitCode.interrupted} | interrupted |

## Codes

| code | meaning |
|---|---|
${rows.join('\n')}

## What the audit finds

Every build judges every zip, together with the layers that a function names, without running
anything; [audit.md](../decisions/audit.md) says how, and what weighs how much. The zip is written
all the same. \`audit\` in the manifest gives a code another weight, for all units or for one:
\`audit: {near-limit: ignore, missing-library: error}\`.

| code | what to do |
|---|---|
${remedies.join('\n')}
`;
}
