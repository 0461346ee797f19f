import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { hasBrowser, openPage, startBrowser } from './browser.js';
import { hostileNames, hostileZip, pageOf, pageProject } from './pages.js';

describe.runIf(hasBrowser)('the page in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  /** Opens the page of a layer, or of other units; it must come to an end without an incident. */
  async function opened(names: readonly string[] = ['science'], options?: BrowserContextOptions) {
    const { page: file } = await pageOf(pageProject, names);
    const { page, incidents } = await openPage(browser, file, options);
    onTestFinished(async () => {
      await page.context().close();
      expect(incidents).toEqual([]);
    });
    return page;
  }

  /** What has the focus, as a screen reader calls it. */
  const focused = (page: Page) =>
    page.evaluate(() => {
      const { activeElement: element } = document;
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });
  const tileNames = (page: Page) =>
    page.locator('#tiles button').evaluateAll((tiles) => {
      return tiles.map((tile) => tile.textContent?.split(',')[0]);
    });
  const names = (page: Page) => page.locator('#parts tbody tr:not([hidden]) th').allInnerTexts();

  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    test.each([
      1400, 360,
    ])('%i pixels wide: nothing is cut off, and axe finds nothing wrong', async (width) => {
      for (const units of [['science'], []]) {
        const page = await opened(units, { colorScheme, viewport: { width, height: 800 } });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(overflow).toBe(width);
        expect(await violations(page)).toEqual([]);
        await page.locator('#tiles button').first().press('Enter');
        expect(await violations(page)).toEqual([]);
        await page.screenshot();
      }
    });
  });

  test('dark is dark and light is light, by the system or by choice, which is kept', async () => {
    const page = await opened(['science'], { colorScheme: 'dark' });
    const brightness = () =>
      page.evaluate(() => {
        const [red = 0] = getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? [];
        return Number(red);
      });
    expect(await brightness()).toBeLessThan(60);
    await page.getByLabel('Theme').selectOption('light');
    expect(await brightness()).toBeGreaterThan(200);
    await page.reload();
    expect(await brightness()).toBeGreaterThan(200);
    await page.getByLabel('Theme').selectOption('auto');
    expect(await brightness()).toBeLessThan(60);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await brightness()).toBeGreaterThan(200);
  });

  test('tiles are as large as what they stand for', async () => {
    const page = await opened();
    const boxes = await page.locator('#tiles button').evaluateAll((tiles) =>
      tiles.map((tile) => {
        const { width, height } = tile.getBoundingClientRect();
        return { name: tile.textContent ?? '', area: width * height };
      }),
    );
    const whole = boxes.reduce((sum, { area }) => sum + area, 0);
    for (const { name, area } of boxes) {
      const percent = Number(/([\d.]+) % of science/.exec(name)?.[1]);
      expect(Math.abs((100 * area) / whole - percent)).toBeLessThan(1);
    }
  });

  test('the treemap is walked, entered and left with the keyboard alone', async () => {
    const page = await opened();
    expect(await tileNames(page)).toEqual(['numpy 2.4.6', 'pandas 3.1.1', 'six 1.0', 'libgomp.so']);
    await page.getByLabel('Theme').focus();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatch(/^numpy 2\.4\.6, 120\.\d kB, \d+ % of science, zooms in$/);
    expect(await outlineOf(page)).not.toBe('none 0px');

    const seen = new Set([await focused(page)]);
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowLeft', 'End', 'Home']) {
      await page.keyboard.press(key);
      seen.add(await focused(page));
    }
    expect(seen.size).toBeGreaterThanOrEqual(3);
    expect(await focused(page)).toMatch(/^numpy/);
    expect(await page.locator('#details').innerText()).toContain(
      'There for requirements/science.txt:1 pandas==3.1.1 -> numpy.',
    );

    await page.keyboard.press('Enter');
    expect(await tileNames(page)).toEqual(['numpy', 'numpy.libs', 'numpy-2.4.6.dist-info']);
    expect(await page.getByRole('navigation', { name: 'Zoom' }).innerText()).toMatch(
      /science\s*numpy 2\.4\.6/,
    );
    expect(await page.locator('#treemap-status').innerText()).toMatch(
      /^numpy 2\.4\.6: 120\.\d kB unzipped .* 3 parts\.$/,
    );
    await page.keyboard.press(' ');
    expect(await tileNames(page)).toEqual(['_core', 'linalg']);
    await page.keyboard.press('Escape');
    expect(await focused(page)).toMatch(/^numpy, /);
    await page.keyboard.press('Escape');
    expect(await focused(page)).toMatch(/^numpy 2\.4\.6, /);
    await page.keyboard.press('Escape');
    expect(await focused(page)).toMatch(/^numpy 2\.4\.6, /);

    // One stop for all tiles: the next leads on.
    await page.keyboard.press('Tab');
    expect(await focused(page)).not.toContain('% of science');
  });

  test('a click zooms in, a click on the way zooms out, and a file tells of itself', async () => {
    const page = await opened([]);
    expect(await tileNames(page)).toEqual(expect.arrayContaining(['report', 'mail', 'science']));
    await page.locator('#tiles button', { hasText: /^science, / }).click();
    await page.locator('#tiles button', { hasText: /^libgomp\.so, / }).click();
    const file = page.locator('#tiles button', { hasText: /^libgomp\.so\.1, / });
    await file.click();
    expect(await page.locator('#treemap-status').innerText()).toMatch(
      /^libgomp\.so\.1: 9\.0 kB unzipped/,
    );
    await page.getByRole('button', { name: 'all zips', exact: true }).click();
    expect(await tileNames(page)).toContain('report');
    await page.getByRole('button', { name: 'numpy: show in the treemap' }).click();
    expect(await page.locator('#trail').innerText()).toMatch(/all zips\s*science\s*numpy 2\.4\.6/);
  });

  test('the table sorts by any column, and says so', async () => {
    const page = await opened();
    const header = (name: string) => page.locator('#parts').getByRole('columnheader', { name });
    expect(await header('Unzipped').getAttribute('aria-sort')).toBe('descending');
    expect((await names(page))[0]).toBe('numpy');
    await header('Name').getByRole('button').click();
    expect(await names(page)).toEqual([
      'libgomp.so',
      'numpy',
      'pandas',
      expect.stringMatching(/^six/),
    ]);
    expect(await header('Name').getAttribute('aria-sort')).toBe('ascending');
    expect(await header('Unzipped').getAttribute('aria-sort')).toBeNull();
    await header('Name').getByRole('button').press('Enter');
    expect((await names(page))[0]).toMatch(/^six/);
    await header('Files').getByRole('button').click();
    expect((await names(page))[0]).toBe('numpy');
    await header('Files').getByRole('button').click();
    expect((await names(page))[0]).toBe('libgomp.so');
  });

  test('the search leaves rows and tiles that fit, and counts them aloud', async () => {
    const page = await opened();
    const search = page.getByLabel('Search names, versions, zips and reasons');
    const count = page.locator('#parts').getByRole('status');
    expect(await count.innerText()).toBe('4 parts');
    await search.fill('Science.TXT numpy');
    expect(await names(page)).toEqual(['numpy']);
    expect(await count.innerText()).toBe('1 of 4 parts');
    expect(await page.locator('#tiles .faint').count()).toBe(3);
    await search.fill('nothing like that');
    expect(await names(page)).toEqual([]);
    expect(await count.innerText()).toBe('0 of 4 parts');
    await search.fill('');
    expect(await names(page)).toHaveLength(4);
    expect(await page.locator('#tiles .faint').count()).toBe(0);
    await page.getByLabel('Search paths').fill('blas');
    expect(await page.locator('#files tbody tr:not([hidden])').count()).toBe(1);
  });

  test('nothing moves for who prefers that', async () => {
    const animation = (page: Page) =>
      page
        .locator('#tiles li')
        .first()
        .evaluate((tile) => getComputedStyle(tile).animationName);
    expect(await animation(await opened(['science'], { reducedMotion: 'reduce' }))).toBe('none');
    expect(await animation(await opened(['science'], { reducedMotion: 'no-preference' }))).toBe(
      'appear',
    );
  });

  test('without scripts the tables are there', async () => {
    const { page: file } = await pageOf(pageProject, ['science']);
    const context = await browser.newContext({ javaScriptEnabled: false });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(`file://${file}`);
    expect(await page.getByRole('row').count()).toBeGreaterThan(10);
    expect(await page.getByText('The picture needs JavaScript').isVisible()).toBe(true);
  });

  test('hostile names are shown and do nothing', async () => {
    const { page: file } = await pageOf(hostileZip, ['hostile.zip']);
    const { page, incidents } = await openPage(browser, file);
    for (const tile of await page.locator('#tiles button').all()) await tile.focus();
    await page.getByLabel('Search names, versions, zips and reasons').fill('script');
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect((await names(page)).some((name) => name.includes(hostileNames[0]))).toBe(true);
    await page.context().close();
    expect(incidents).toEqual([]);
  });
});

/** What axe-core finds against WCAG 2.2 AA and good practice, with the elements. */
async function violations(page: Page): Promise<readonly string[]> {
  // Colours are judged as they stay, not while they appear.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations: found } = await (
      window as unknown as { axe: { run(): Promise<import('axe-core').AxeResults> } }
    ).axe.run();
    return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
  });
}

/** Style and width of the outline of what has the focus. */
function outlineOf(page: Page) {
  return page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(
      document.activeElement ?? document.body,
    );
    return `${outlineStyle} ${outlineWidth}`;
  });
}
