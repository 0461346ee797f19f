import { resolve } from 'node:path';
import {
  type Inspection,
  inspect,
  inspectDifference,
  inspectionJson,
  readPageFiles,
  writePage,
} from '../api/index.js';
import { printDifference } from './print-difference.js';
import { printInspection } from './print-inspection.js';
import { type ManifestOptions, projectOptions, sayDiagnostics } from './project-options.js';
import type { Terminal } from './terminal.js';

export interface InspectCommandOptions extends ManifestOptions {
  readonly json?: boolean;
  readonly html?: string;
  readonly diff?: string;
}

/** `pkgr inspect`: what is in zips, as tables for people or as the documented JSON. */
export async function inspectCommand(
  names: readonly string[],
  options: InspectCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const style = { columns: terminal.columns, colors: terminal.hasColors };
  if (options.diff !== undefined) {
    const found = await inspectDifference(options.diff, names, projectOptions(options, terminal));
    sayDiagnostics(found.diagnostics, terminal);
    const json = { version: 1, zips: found.zips };
    terminal.result(
      options.json ? JSON.stringify(json, null, 2) : printDifference(found.zips, style),
    );
    return;
  }
  const { inspection, diagnostics } = await inspect(names, projectOptions(options, terminal));
  sayDiagnostics(diagnostics, terminal);
  if (options.html !== undefined) {
    await writeHtml(inspection, options.html, terminal);
    return;
  }
  terminal.result(
    options.json
      ? JSON.stringify(inspectionJson(inspection), null, 2)
      : printInspection(inspection, style),
  );
}

/** The page is a result like any: its path goes to stdout. */
async function writeHtml(inspection: Inspection, file: string, terminal: Terminal): Promise<void> {
  const { printPage } = await import('./page/page.js');
  const page = printPage(inspection, await readPageFiles());
  await writePage(resolve(terminal.cwd, file), file, page);
  terminal.result(file);
}
