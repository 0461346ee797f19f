import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectWith, run } from '../inspect/project.js';
import { hostileZip, pageOf, pageProject } from './pages.js';

test('the page is one file: it names no other and may load none', async () => {
  const { text } = await pageOf(pageProject);
  expect(text).not.toMatch(/\b(src|href|action|url)\s*[=(]/);
  const code = text.replace(/\/\*.*?\*\//gs, '');
  expect(code).not.toMatch(/https?:|\bimport\s*[{('"]|@import|<link|<iframe/);
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? '';
  const hash = (body = '') => `sha256-${createHash('sha256').update(body).digest('base64')}`;
  const script = /<script type="module">(.*?)<\/script>/s.exec(text)?.[1];
  const style = /<style>(.*?)<\/style>/s.exec(text)?.[1];
  expect(policy.replaceAll('&#39;', "'")).toBe(
    `default-src 'none'; style-src '${hash(style)}'; script-src '${hash(script)}'; base-uri 'none'; form-action 'none'`,
  );
  // A style or a handler in an attribute would be against the policy.
  expect(text).not.toMatch(/<[^>]*\s(style|on[a-z]+)=/);
});

test('it tells what the tables of the command line tell', async () => {
  const { text } = await pageOf(pageProject, ['science']);
  expect(text).toContain('<title>What is in science</title>');
  expect(text).toContain('requirements/science.txt:1 pandas==3.1.1 -&gt; numpy');
  expect(text).toContain('layer · python3.12 · x86_64 · dist/science.zip');
  expect((await pageOf(pageProject)).text).toContain('One layer with them would save');
});

test('the same zips give the same page', async () => {
  expect((await pageOf(pageProject)).text).toBe((await pageOf(pageProject)).text);
});

test('hostile names are text everywhere', async () => {
  const { text } = await pageOf(hostileZip, ['hostile.zip']);
  expect(text.match(/<script/g)).toHaveLength(2);
  expect(text.match(/<\/script>/g)).toHaveLength(2);
  expect(text).not.toContain('<img');
  expect(text.match(/<svg/g)?.length).toBe(text.match(/<svg class="bar/g)?.length);
  for (const char of '\u202e\u0007') expect(text).not.toContain(char);
});

test('a page of very many files has an end', async () => {
  const entries = Array.from({ length: 8000 }, (_, index) => ({
    name: `${'deep/'.repeat(index % 200)}${index}.py`,
  }));
  const { text } = await pageOf({ 'many.zip': entries }, ['many.zip']);
  expect(text.length).toBeLessThan(500_000);
});

test('--html goes with no --json, and tells when it cannot be written', async () => {
  const folder = projectWith(pageProject);
  const both = await run(folder, ['inspect', '--json', '--html', 'page.html']);
  expect(both.code).toBe(2);
  expect(existsSync(join(folder, 'page.html'))).toBe(false);
  mkdirSync(join(folder, 'page.html'));
  const { code, stderr } = await run(folder, ['inspect', '--html', 'page.html']);
  expect(code).toBe(2);
  expect(stderr).toContain('page.html could not be written: a folder of that name is there');
});
