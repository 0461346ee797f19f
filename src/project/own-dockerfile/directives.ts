import type { Report } from './report.js';

/**
 * Judges the parser directives at the top of a Dockerfile, which reach no further than its own file.
 * @see https://docs.docker.com/reference/dockerfile/#parser-directives
 */
export function checkDirectives(source: string, report: Report): void {
  let offset = 0;
  for (const line of source.split('\n')) {
    const [, name, value] = /^\s*#\s*([a-z][a-z0-9]*)\s*=\s*(.+?)\s*$/i.exec(line) ?? [];
    const key = name?.toLowerCase();
    if (key !== 'syntax' && key !== 'escape' && key !== 'check') return;
    if (key === 'syntax') {
      report({
        offset,
        code: 'ignored-syntax',
        severity: 'notice',
        message: `the line # syntax=${value} has no effect: the Dockerfile becomes part of a larger one`,
        hint: "what it says must be understood by the engine's own Dockerfile frontend",
      });
    }
    if (key === 'escape' && value !== '\\') {
      const message = `the escape character ${value} is not supported, only \\ is`;
      report({ offset, message, hint: 'end continued lines with \\ and remove the directive' });
    }
    offset += line.length + 1;
  }
}
