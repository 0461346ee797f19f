#!/usr/bin/env node
/**
 * `npm test`: sets up what the tests need, runs them all, and ends with their true count.
 * Arguments go to vitest: `npm test -- test/plan`.
 *
 * Without an engine, or a browser, the tests that need one are skipped and counted as such; with
 * PKGR_REQUIRE_DOCKER=1 a missing engine or browser is a failure, and in CI a missing browser is.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { ensureBrowser } from './browser.mjs';
import { ensureEngine } from './engine.mjs';
import { ensureImages, publicNames } from './images.mjs';

/** @param {string} line */
const log = (line) => console.error(line);

const engine = await ensureEngine({ log });
if (engine.kind === 'absent') {
  for (const line of engine.advice) log(line);
  if (process.env.PKGR_REQUIRE_DOCKER) {
    console.log('0 passed, 1 failed, 0 skipped');
    process.exit(1);
  }
} else {
  await ensureImages(Object.keys(publicNames), { log, docker: engine.docker });
}

// A page that no browser has shown was not tested: where everything must run, so must this.
const browser = await ensureBrowser({ log });
if (browser.kind === 'absent') {
  log(browser.advice);
  if (process.env.PKGR_REQUIRE_DOCKER || process.env.CI) {
    console.log('0 passed, 1 failed, 0 skipped');
    process.exit(1);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'pkgr-test-'));
const report = join(folder, 'report.json');
const { exitCode } = await execa(
  'vitest',
  [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  {
    preferLocal: true,
    stdio: 'inherit',
    reject: false,
    env: engine.kind === 'ready' ? engine.env : { PKGR_NO_ENGINE: '1' },
  },
);
const counts = count(report);
rmSync(folder, { recursive: true });
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = exitCode === 0 && counts.failed === 0 && counts.passed > 0 ? 0 : 1;

/**
 * A file that failed without a test that did (it could not be loaded, or its set-up failed) counts
 * as one that failed.
 * @param {string} path of vitest's JSON report
 */
function count(path) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  /** @type {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  const { testResults } = JSON.parse(readFileSync(path, 'utf8'));
  for (const { status, assertionResults } of testResults) {
    const isTold = assertionResults.some((result) => result.status === 'failed');
    if (status === 'failed' && !isTold) counts.failed += 1;
    for (const { status: result } of assertionResults) {
      if (result === 'passed' || result === 'failed') counts[result] += 1;
      else counts.skipped += 1;
    }
  }
  return counts;
}
