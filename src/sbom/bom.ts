import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import type { CarriedFile } from '../artifacts/index.js';
import { type InstalledPackage, packageKey } from '../inspect/index.js';
import { libraryComponent, packageComponent, unitComponent } from './components.js';
import type { ListedUnit } from './listed.js';

export type { ListedUnit } from './listed.js';

export interface SbomOptions {
  /** What the units are together, where there are several: the manifest's path. */
  readonly project: string;
  /** The version of pkgr. */
  readonly version: string;
}

/**
 * A bill of materials as JSON, without a time or a serial number, which would be others each time. One
 * unit is what it is about; of several, the project is.
 */
export function sbomJson(units: readonly ListedUnit[], { project, version }: SbomOptions): string {
  const bom = new Models.Bom();
  bom.metadata.tools.components.add(
    new Models.Component(Enums.ComponentType.Application, 'pkgr', { version, bomRef: 'pkgr' }),
  );
  const components = new Map<string, Models.Component>();
  const once = (component: Models.Component): Models.Component => {
    const ref = component.bomRef.value ?? '';
    const known = components.get(ref) ?? component;
    components.set(ref, known);
    return known;
  };
  const mains = units.map((unit) => {
    const main = unitComponent(unit);
    addPackages(main, unit, once);
    addLibraries(main, unit, once);
    return main;
  });
  const [only, ...others] = mains;
  if (only !== undefined && others.length === 0) bom.metadata.component = only;
  else {
    const whole = new Models.Component(Enums.ComponentType.Application, project, {
      bomRef: 'project',
    });
    for (const main of mains) {
      bom.components.add(main);
      whole.dependencies.add(main.bomRef);
    }
    bom.metadata.component = whole;
  }
  for (const component of components.values()) bom.components.add(component);
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  const serializer = new Serialize.JsonSerializer(factory);
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

type Once = (component: Models.Component) => Models.Component;

/** Packages of a unit: those that were asked for are its own, others those of who requires them. */
function addPackages(main: Models.Component, unit: ListedUnit, once: Once): void {
  const resolved = new Map((unit.resolved ?? []).map((each) => [packageKey(each.name), each]));
  const installed = new Map(unit.packages.map((each) => [each.key, each]));
  const keys = [...new Set([...installed.keys(), ...resolved.keys()])].sort();
  const components = new Map(
    keys.map((key) => [key, once(packageComponent(key, installed.get(key), resolved.get(key)))]),
  );
  const required = new Set<string>();
  for (const [key, component] of components) {
    for (const other of requiredBy(installed.get(key))) {
      const needed = components.get(other);
      if (needed === undefined || other === key) continue;
      component.dependencies.add(needed.bomRef);
      required.add(other);
    }
  }
  for (const [key, component] of components) {
    const isAsked = resolved.get(key)?.requested === true || installed.get(key)?.requested === true;
    if (isAsked || !required.has(key)) main.dependencies.add(component.bomRef);
  }
}

/** Names in Requires-Dist. One whose marker does not hold here names what is not in the zip. */
function requiredBy(installed: InstalledPackage | undefined): readonly string[] {
  const names = (installed?.requires ?? []).flatMap(
    (line) => /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)/.exec(line)?.[1] ?? [],
  );
  return [...new Set(names.map(packageKey))];
}

function addLibraries(main: Models.Component, unit: ListedUnit, once: Once): void {
  const byPackage = new Map<string, CarriedFile[]>();
  for (const file of unit.libraries ?? []) {
    const key = JSON.stringify([file.system, file.package ?? file.name, file.version]);
    byPackage.set(key, [...(byPackage.get(key) ?? []), file]);
  }
  for (const [first, ...rest] of byPackage.values()) {
    if (first === undefined) continue;
    const component = once(libraryComponent(first, [first, ...rest], unit.architecture));
    main.dependencies.add(component.bomRef);
  }
}
