import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ensureBrowser } from '../../scripts/browser.mjs';

const found = await ensureBrowser({ install: false });

/** Whether tests that need a browser run; in CI, and where an engine is required, it must be there. */
export const hasBrowser = found.kind === 'ready';

const isRequired = process.env.PKGR_REQUIRE_DOCKER === '1' || Boolean(process.env.CI);
test.runIf(isRequired)('a browser is there, as is required', () => {
  expect(found).toMatchObject({ kind: 'ready' });
});

/** Starts the browser with nothing that reaches for a network; its profile is new and goes with it. */
export async function startBrowser(): Promise<Browser> {
  if (found.kind === 'absent') throw new Error(found.advice);
  return chromium.launch({
    executablePath: found.path,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page that was opened, and everything that went wrong in it or that it asked for. */
export interface OpenPage {
  readonly page: Page;
  /** Lines of the console, errors, and requests but that of the page itself. */
  readonly incidents: readonly string[];
}

export async function openPage(
  browser: Browser,
  file: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  const page = await context.newPage();
  const incidents: string[] = [];
  page.on('console', (message) => incidents.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => incidents.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== `file://${file}`) incidents.push(`request: ${request.url()}`);
  });
  await page.goto(`file://${file}`);
  await page.locator('#tiles button').first().waitFor();
  return { page, incidents };
}
