import { Enums, Models } from '@cyclonedx/cyclonedx-library';
import type { CarriedFile, ResolvedPackage } from '../artifacts/index.js';
import type { InstalledPackage } from '../inspect/index.js';
import { licencesOf } from './licences.js';
import type { ListedUnit } from './listed.js';
import { purl } from './purl.js';

/** The function or layer itself. */
export function unitComponent({ kind, name, sha256, runtime, architecture }: ListedUnit) {
  const component = new Models.Component(Enums.ComponentType.Application, name, {
    bomRef: `${kind}:${name}`,
    description: `AWS Lambda ${kind}`,
  });
  component.hashes.set(Enums.HashAlgorithm['SHA-256'], sha256);
  const told = { 'pkgr:kind': kind, 'pkgr:runtime': runtime, 'pkgr:architecture': architecture };
  for (const [property, value] of Object.entries(told)) {
    if (value !== undefined) component.properties.add(new Models.Property(property, value));
  }
  return component;
}

/** A package as its metadata in the zip tell it; of one without metadata, what pip told. */
export function packageComponent(
  key: string,
  installed: InstalledPackage | undefined,
  resolved: ResolvedPackage | undefined,
): Models.Component {
  const { name, version } = installed ?? resolved ?? { name: key, version: '' };
  const locator = purlOf(key, version, resolved);
  const fingerprint = resolved?.sha256 ?? resolved?.commit ?? resolved?.path ?? '';
  const component = new Models.Component(Enums.ComponentType.Library, name, {
    // Of one version there can be several archives, in units for several processors.
    bomRef: `pypi:${key}@${version}${fingerprint === '' ? '' : `#${fingerprint}`}`,
    version,
    ...(locator !== undefined && { purl: locator }),
    ...(installed?.summary !== undefined && { description: installed.summary }),
    ...(installed?.author !== undefined && { author: installed.author }),
  });
  if (resolved?.sha256 !== undefined) {
    component.hashes.set(Enums.HashAlgorithm['SHA-256'], resolved.sha256);
  }
  for (const licence of installed === undefined ? [] : licencesOf(installed.licence)) {
    component.licenses.add(licence);
  }
  const { Website, Distribution, VCS } = Enums.ExternalReferenceType;
  const reference = (type: Enums.ExternalReferenceType, url: string | undefined) => {
    if (url !== undefined && URL.canParse(url)) {
      component.externalReferences.add(new Models.ExternalReference(url, type));
    }
  };
  reference(Website, installed?.homePage);
  reference(resolved?.commit === undefined ? Distribution : VCS, resolved?.url);
  const told = { 'pkgr:archive': resolved?.archive, 'pkgr:path': resolved?.path };
  for (const [property, value] of Object.entries(told)) {
    if (value !== undefined) component.properties.add(new Models.Property(property, value));
  }
  return component;
}

/** What lies in the project is in no index, whatever it is called. */
function purlOf(key: string, version: string, resolved: ResolvedPackage | undefined) {
  if (resolved?.path !== undefined && resolved.archive === undefined) return undefined;
  const { url, commit } = resolved ?? {};
  const vcs = url !== undefined && commit !== undefined ? `git+${url}@${commit}` : undefined;
  const download = commit === undefined ? url : undefined;
  return purl('pypi', [key], version, { vcs_url: vcs, download_url: download });
}

/** An OS package of which files are carried, with those of them that are. */
export function libraryComponent(
  first: CarriedFile,
  files: readonly CarriedFile[],
  architecture: string | undefined,
): Models.Component {
  const { package: owner, version, system } = first;
  const name = owner ?? first.name.split('/').at(-1) ?? first.name;
  const locator = owner === undefined ? undefined : osPurl(owner, version, system, architecture);
  const component = new Models.Component(Enums.ComponentType.Library, name, {
    bomRef: `os:${system ?? 'image'}/${name}@${version ?? ''}#${architecture ?? ''}`,
    ...(version !== undefined && { version }),
    ...(locator !== undefined && { purl: locator }),
  });
  for (const file of files) component.properties.add(new Models.Property('pkgr:file', file.name));
  return component;
}

const processors = {
  deb: { x86_64: 'amd64', arm64: 'arm64' },
  rpm: { x86_64: 'x86_64', arm64: 'aarch64' },
} as const;

function osPurl(name: string, version: string | undefined, system = '', architecture = '') {
  const [kind, distribution = ''] = system.split('/');
  if (kind !== 'deb' && kind !== 'rpm') return undefined;
  const known = architecture === 'x86_64' || architecture === 'arm64' ? architecture : undefined;
  return purl(kind, [distribution, name].filter(Boolean), version, {
    arch: known && processors[kind][known],
  });
}
