import { Enums, Models, SPDX } from '@cyclonedx/cyclonedx-library';
import type { PackageLicence } from '../inspect/index.js';

/** Characters of a licence's name; what is longer is the licence itself. */
const LONGEST_NAME = 100;

/**
 * SPDX identifiers of classifiers that mean one licence. Those that are more than one ("BSD License",
 * "GNU General Public License") stay as they are written.
 * @see https://pypi.org/classifiers/
 */
const identifiers: Readonly<Record<string, string>> = {
  'Apache Software License': 'Apache-2.0',
  'Academic Free License (AFL)': 'AFL-3.0',
  'Boost Software License 1.0 (BSL-1.0)': 'BSL-1.0',
  'CC0 1.0 Universal (CC0 1.0) Public Domain Dedication': 'CC0-1.0',
  'Eclipse Public License 2.0 (EPL-2.0)': 'EPL-2.0',
  'European Union Public Licence 1.2 (EUPL 1.2)': 'EUPL-1.2',
  'GNU Affero General Public License v3': 'AGPL-3.0-only',
  'GNU Affero General Public License v3 or later (AGPLv3+)': 'AGPL-3.0-or-later',
  'GNU General Public License v2 (GPLv2)': 'GPL-2.0-only',
  'GNU General Public License v2 or later (GPLv2+)': 'GPL-2.0-or-later',
  'GNU General Public License v3 (GPLv3)': 'GPL-3.0-only',
  'GNU General Public License v3 or later (GPLv3+)': 'GPL-3.0-or-later',
  'GNU Lesser General Public License v2 (LGPLv2)': 'LGPL-2.0-only',
  'GNU Lesser General Public License v2 or later (LGPLv2+)': 'LGPL-2.0-or-later',
  'GNU Lesser General Public License v3 (LGPLv3)': 'LGPL-3.0-only',
  'GNU Lesser General Public License v3 or later (LGPLv3+)': 'LGPL-3.0-or-later',
  'ISC License (ISCL)': 'ISC',
  'MIT License': 'MIT',
  'MIT No Attribution License (MIT-0)': 'MIT-0',
  'Mozilla Public License 1.1 (MPL 1.1)': 'MPL-1.1',
  'Mozilla Public License 2.0 (MPL 2.0)': 'MPL-2.0',
  'Python Software Foundation License': 'PSF-2.0',
  'The Unlicense (Unlicense)': 'Unlicense',
  'Universal Permissive License (UPL)': 'UPL-1.0',
  'zlib/libpng License': 'Zlib',
};

/**
 * The licences that a package's metadata tell: the SPDX expression where there is one, or else the
 * field License, or else its classifiers.
 */
export function licencesOf({
  expression,
  text,
  classifiers,
}: PackageLicence): readonly Models.License[] {
  if (expression !== undefined && expression !== '') return [declared(ofExpression(expression))];
  const name = text?.trim() ?? '';
  const isName =
    name !== '' && name.length <= LONGEST_NAME && !name.includes('\n') && !/^unknown$/i.test(name);
  const known = isName ? SPDX.fixupSpdxId(name) : undefined;
  if (known !== undefined) return [declared(new Models.SpdxLicense(known))];
  const told = classifiers.map(lastPart).filter((part) => part !== 'OSI Approved');
  if (told.length > 0) return [...new Set(told)].map((part) => declared(ofClassifier(part)));
  return isName ? [declared(new Models.NamedLicense(name))] : [];
}

/** A licence alone is an expression too, and is then given as what it is. */
function ofExpression(expression: string): Models.License {
  const known = SPDX.fixupSpdxId(expression);
  return known === undefined
    ? new Models.LicenseExpression(expression)
    : new Models.SpdxLicense(known);
}

function ofClassifier(name: string): Models.License {
  const identifier = Object.hasOwn(identifiers, name) ? identifiers[name] : SPDX.fixupSpdxId(name);
  return identifier === undefined
    ? new Models.NamedLicense(name)
    : new Models.SpdxLicense(identifier);
}

/** `License :: OSI Approved :: MIT License` is the MIT License. */
function lastPart(classifier: string): string {
  return classifier.split(' :: ').at(-1)?.trim() ?? classifier;
}

function declared<T extends Models.License>(licence: T): T {
  licence.acknowledgement = Enums.LicenseAcknowledgement.Declared;
  return licence;
}
