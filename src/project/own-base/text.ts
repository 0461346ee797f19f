import type { Diagnostic, Location } from '../../diagnostics/index.js';
import { shownPath } from '../paths/path.js';
import { projectFiles } from '../requirements/project-files.js';

/** No Dockerfile that a person has written is larger; in bytes. */
const largest = 1_000_000;

/** Reads Dockerfiles of the project, each once; undefined, with a report, when one cannot be read. */
export function dockerfileTexts(
  root: string,
  report: (diagnostic: Diagnostic) => void,
): (path: string, at: Location) => string | undefined {
  const files = projectFiles(root);
  const known = new Map<string, Content>();
  return (path, at) => {
    const content = known.get(path) ?? textOf(files.read(path, largest));
    known.set(path, content);
    if (content.kind === 'text') return content.text;
    const message = `${shownPath(path)} ${content.why}`;
    const hint = 'name a Dockerfile, in UTF-8, that can be read';
    report({ code: 'invalid-dockerfile', severity: 'error', message, at, hint });
    return undefined;
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
