import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VariableSyntaxError } from '../../../src/manifest/serverless/variables/cursor.js';
import { parseTemplate } from '../../../src/manifest/serverless/variables/parse.js';
import { standardDelimiters } from '../../../src/manifest/serverless/variables/template.js';
import { resolved, valueOfText } from './resolved.js';

/** Texts that look like variables more often than not. */
const atoms = ['${', '}', 'self', ':', 'custom', '.', ',', ' ', "'", '"', '(', ')', '$', '{', '\\'];
const words = [
  'file',
  'opt',
  'env',
  'x',
  '1',
  'null',
  '::',
  '__proto__',
  '${self:',
  '${self:custom.x}',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...atoms, ...words), fc.string({ maxLength: 3 })), {
    maxLength: 30,
  })
  .map((parts) => parts.join(''));

/** As many as a resolved value may have, with some room. */
const limit = 400_000;

function countOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, item) => sum + countOf(item), 1);
}

describe('whatever a text says', () => {
  it('it is read, or refused as the framework refuses it', () => {
    fc.assert(
      fc.property(text, (written) => {
        try {
          const parts = parseTemplate(written, standardDelimiters);
          const texts = parts.map((part) => (typeof part === 'string' ? part : part.text));
          // Only signs that escape, and the second of two dollars, are gone.
          expect(texts.join('').length).toBeLessThanOrEqual(written.length);
          if (!/[\\$]/.test(written)) expect(texts.join('')).toBe(written);
        } catch (error) {
          expect(error).toBeInstanceOf(VariableSyntaxError);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('a service of such texts is resolved, with what cannot be left as text', () => {
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.constant(null),
        fc.integer(),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('x', 'custom', 'self', '0'), tie('node')),
      ),
    })).node;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('custom', 'provider', 'x'), value), (service) => {
        const { provider: _, ...rest } = service;
        const found = resolved(rest);
        expect(countOf(found.value)).toBeLessThan(limit);
        expect(Object.prototype).not.toHaveProperty('custom');
      }),
      { numRuns: 500 },
    );
  });

  it('a deep nest of variables is refused and no stack is used up', () => {
    const nested = `${'${self:'.repeat(5000)}x${'}'.repeat(5000)}`;
    expect(() => parseTemplate(nested, standardDelimiters)).toThrow(VariableSyntaxError);
    expect(() => parseTemplate('${'.repeat(30_000), standardDelimiters)).not.toThrow();
    expect(() => parseTemplate('x'.repeat(100_000), standardDelimiters)).toThrow('too long');
  });
});

describe('variables that grow', () => {
  const doubling = (item: (next: string) => unknown) =>
    Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `k${index}`,
        item(`\${self:custom.k${index + 1}}`),
      ]),
    );

  it('as text end where a text is too long', () => {
    const custom = { ...doubling((next) => `${next}${next}`), k60: 'grows' };
    expect(JSON.stringify(valueOfText('${self:custom.k0}', custom))).toContain(
      'it grows without end',
    );
  });

  it('as lists end where there are too many', () => {
    const custom = { ...doubling((next) => [next, next]), k60: 'grows' };
    const { value, unresolved } = resolved({ custom });
    expect(countOf(value)).toBeLessThan(limit);
    expect(unresolved.join('\n')).toContain('the variables of the service lead to too much');
  });

  it('as mappings in mappings end where they lead to themselves', () => {
    const { unresolved } = resolved({ a: { in: '${self:b}' }, b: { in: '${self:a}' } });
    expect(unresolved.join('\n')).toMatch(/leads back to|to themselves/);
  });

  it('as a chain of a thousand end before the stack does', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`k${index}`, `\${self:custom.k${index + 1}}`]),
    );
    const found = valueOfText('${self:custom.k0}', { ...chain, k1000: 'end' });
    expect(JSON.stringify(found)).toContain('more than 100 times');
  });

  it('from the environment to themselves end, too', () => {
    const environment = { A: '${env:B}', B: '${env:A}' };
    expect(JSON.stringify(valueOfText('${env:A}', {}, { environment }))).toContain('to themselves');
  });
});

describe('a name with a meaning to JavaScript', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is no value', (name) => {
    expect(valueOfText(`\${self:custom.${name}.x, 'none'}`)).toBe('none');
    expect(valueOfText(`\${self:${name}, 'none'}`)).toBe('none');
    expect(valueOfText(`\${env:${name}, 'none'}`)).toBe('none');
    expect(valueOfText(`\${opt:${name}, 'none'}`)).toBe('none');
    expect(valueOfText(`\${param:${name}, 'none'}`)).toBe('none');
    expect(JSON.stringify(valueOfText(`\${${name === '__proto__' ? 'proto' : name}:x}`))).toContain(
      'pkgr knows no source',
    );
  });
});
