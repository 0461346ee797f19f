import type { Diagnostic } from '../diagnostics/index.js';
import { readDockerfile } from './own-dockerfile/index.js';
import { checkFile } from './paths/check.js';
import { shownPath } from './paths/path.js';
import type { Tree } from './paths/tree.js';
import { projectFiles } from './requirements/project-files.js';
import { type Architecture, type Base, type Located, platforms } from './unit.js';

/** Reads the Dockerfile that a unit names for its base. */
export type OwnBaseReader = (path: Located<string>, architecture: Architecture) => Base;

/** No Dockerfile that a person has written is larger; in bytes. */
const largest = 1_000_000;

/** Units that share a Dockerfile share its reading too; everything that is wrong is reported. */
export function ownBaseReader(tree: Tree, report: (diagnostic: Diagnostic) => void): OwnBaseReader {
  const files = projectFiles(tree.root);
  const texts = new Map<string, string>();
  return (written, architecture) => {
    const { at } = written;
    const path = checkFile(tree, written, report)?.path;
    if (path === undefined) return { kind: 'dockerfile', path: written.value, text: '', at };
    const key = JSON.stringify([path, architecture]);
    const known = texts.get(key);
    if (known !== undefined) return { kind: 'dockerfile', path, text: known, at };
    const content = textOf(files.read(path, largest));
    if (content.kind === 'refused') {
      const message = `${shownPath(path)} ${content.why}`;
      const hint = 'name a Dockerfile, in UTF-8, that can be read';
      report({ code: 'invalid-dockerfile', severity: 'error', message, at, hint });
    } else {
      readDockerfile(path, content.text, platforms[architecture]).diagnostics.forEach(report);
    }
    const text = content.kind === 'text' ? content.text : '';
    texts.set(key, text);
    return { kind: 'dockerfile', path, text, at };
  };
}

type Content =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly why: string };

function textOf(content: ReturnType<ReturnType<typeof projectFiles>['read']>): Content {
  if (content.kind === 'too-large') return { kind: 'refused', why: 'is larger than 1 MB' };
  if (content.kind === 'unreadable') {
    return { kind: 'refused', why: `cannot be read: ${content.why}` };
  }
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(content.bytes) };
  } catch {
    return { kind: 'refused', why: 'is not text in UTF-8' };
  }
}
