import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { installed } from '../inspect/installed.js';
import { builtProject, type Files, projectWith, run } from '../inspect/project.js';

/** Names that would do something if they were not text. */
export const hostileNames = [
  '</script><script>window.hacked = 1</script>',
  '<img src=x onerror="window.hacked = 1">',
  '"><svg onload=window.hacked=1>',
  "' onfocus='window.hacked=1' autofocus='",
  '<!--<script>',
  '{{constructor}} `x` &amp;',
  '\u202egpj.exe\u0007',
] as const;

/** A project as it was built, with enough in it to zoom into. */
export const pageProject: Files = {
  ...builtProject,
  'dist/science.zip': [
    ...installed(
      {
        pandas: {
          version: '3.1.1',
          requires: ['numpy'],
          files: { 'pandas/core/frame.py': 'x'.repeat(30_000), 'pandas/io.py': 'x'.repeat(9000) },
        },
        numpy: {
          version: '2.4.6',
          files: {
            'numpy/_core/a.so': 'x'.repeat(50_000),
            'numpy/_core/b.so': 'x'.repeat(20_000),
            'numpy/linalg/c.py': 'x'.repeat(10_000),
            'numpy.libs/blas.so': 'x'.repeat(40_000),
          },
        },
        six: { files: { 'six.py': 'x'.repeat(15_000) } },
      },
      'python/',
    ),
    { name: 'lib/libgomp.so.1', content: 'x'.repeat(9000) },
  ],
};

/** Writes the page of a project; `page` is its file, `text` what is in it. */
export async function pageOf(files: Files, names: readonly string[] = []) {
  const folder = projectWith(files);
  const { code, stdout, stderr } = await run(folder, [
    'inspect',
    ...names,
    '--html',
    'out/page.html',
  ]);
  expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: 'out/page.html\n' });
  const page = join(folder, 'out/page.html');
  return { folder, page, text: readFileSync(page, 'utf8') };
}

/** A zip whose names, versions and metadata are hostile. */
export const hostileZip: Files = {
  'hostile.zip': [
    ...hostileNames.flatMap((name, index) => [
      { name: `p${index}-1.dist-info/METADATA`, content: `Name: ${name}\nVersion: ${name}\n` },
      {
        name: `p${index}-1.dist-info/RECORD`,
        content: `"p${index}/${name.replaceAll('"', '""')}",,\n`,
      },
    ]),
    ...hostileNames.map((name, index) => ({ name: `p${index}/${name}`, content: 'x'.repeat(9) })),
  ],
};
