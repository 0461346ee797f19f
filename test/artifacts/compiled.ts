import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { newFolder } from './folders.js';

const root = resolve(import.meta.dirname, '../..');

/**
 * Folders of src/ as JavaScript in a temporary folder, for a test that needs them in a process of
 * their own, which it can kill.
 */
export function compiledSources(folders: readonly string[]): string {
  const output = newFolder();
  writeFileSync(join(output, 'package.json'), '{"type": "module"}');
  symlinkSync(join(root, 'node_modules'), join(output, 'node_modules'));
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  for (const folder of folders) {
    const files = readdirSync(join(root, 'src', folder), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith('.ts'))) {
      const source = readFileSync(join(root, 'src', folder, file), 'utf8');
      const { outputText } = ts.transpileModule(source, { compilerOptions });
      const target = join(output, folder, file.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, outputText);
    }
  }
  return output;
}
