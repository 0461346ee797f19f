import type { Looked } from './judge.js';

/** A unit whose zip has a module. */
export interface Provider {
  readonly kind: 'function' | 'layer';
  readonly name: string;
  /** The package that the module is from; '' when it is the unit's own. */
  readonly distribution: string;
}

/** Finds who has a module at the top of a zip, layers first. */
export type Providers = (module: string) => readonly Provider[];

export function createProviders(looked: readonly Looked[]): Providers {
  const providers = new Map<string, Provider[]>();
  // A function's own verification sees its layers too: those are told of as the layers'.
  const ordered = [...looked].sort((one, other) => rank(one) - rank(other));
  for (const { unit, verification } of ordered) {
    if (verification === undefined || 'kind' in verification) continue;
    for (const [module, distribution] of Object.entries(verification.modules)) {
      const known = providers.get(module) ?? [];
      const { kind, name } = unit;
      providers.set(module, [...known, { kind, name, distribution }]);
    }
  }
  return (module) => providers.get(module) ?? [];
}

function rank({ unit }: Looked): number {
  return unit.kind === 'layer' ? 0 : 1;
}
