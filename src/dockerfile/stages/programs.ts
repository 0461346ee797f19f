import type { Mount, Stage } from '../instruction.js';

/** Where the programs that run inside the build are taken from. */
export type ProgramsSource =
  /** A folder of the build context, as `pkgr gen` writes it. */
  | { readonly kind: 'context'; readonly path: string }
  /** A named context that holds just the programs, as `pkgr build` passes it. */
  | { readonly kind: 'named-context'; readonly name: string };

/** Every RUN sees the programs here. */
export const programsMount: Mount = { kind: 'bind', from: 'programs', target: '/programs' };

/** Either source gives a stage with the same content, so both ways of building share Docker's cache. */
export function programsStage(source: ProgramsSource): Stage {
  const copy =
    source.kind === 'context'
      ? ({ kind: 'copy', from: `${source.path}/`, to: './' } as const)
      : ({ kind: 'copy', context: source.name, from: '', to: './' } as const);
  return {
    name: 'programs',
    comment: ['The programs that pkgr runs inside the build.'],
    from: { kind: 'scratch' },
    instructions: [copy],
  };
}
