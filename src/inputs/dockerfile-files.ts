/**
 * Paths, below the context, that the COPY and ADD lines of a Dockerfile name, as far as their text
 * tells: of a glob the folder before it, and nothing of a variable, another stage or a URL. It is
 * only for telling what has changed; what is really copied is for Docker to say.
 */
export function copiedPaths(text: string): readonly string[] {
  const instructions = text.replace(/\\[\t ]*\r?\n/g, ' ').split(/\r?\n/);
  const paths = instructions.flatMap((line) => {
    const words = /^\s*(?:ONBUILD\s+)?(?:COPY|ADD)\s+(.*)$/i.exec(line)?.[1] ?? '';
    const [, flags = '', files = ''] = /^((?:--\S+\s+)*)(.*)$/.exec(words) ?? [];
    if (/--from=/i.test(flags) || files.startsWith('<<')) return [];
    return sourcesIn(files).flatMap(pathOf);
  });
  return [...new Set(paths)].sort();
}

/** All words but the last, which is where they go to. */
function sourcesIn(files: string): readonly string[] {
  if (!files.startsWith('[')) return files.split(/\s+/).filter(Boolean).slice(0, -1);
  try {
    const list: unknown = JSON.parse(files);
    return Array.isArray(list) ? list.filter((item) => typeof item === 'string').slice(0, -1) : [];
  } catch {
    return [];
  }
}

function pathOf(source: string): readonly string[] {
  if (/[$"'\\]|^<<|^[a-z][a-z0-9+.-]*:\/\/|^git@/i.test(source)) return [];
  const parts = source.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return [];
  const glob = parts.findIndex((part) => /[*?[]/.test(part));
  return [(glob < 0 ? parts : parts.slice(0, glob)).join('/')];
}
