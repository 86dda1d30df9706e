import fc from 'fast-check';
import { describe, it } from 'vitest';
import { CorsConfigError, createCors, validateCorsOptions } from '../src/index.js';

const NAMES = [
  'origin',
  'credentials',
  'methods',
  'allowedHeaders',
  'exposedHeaders',
  'maxAge',
  'preflightContinue',
  'optionsSuccessStatus',
  'dangerouslyAllowInsecureOrigins',
  'dangerouslyAllowPublicSuffixes',
  'dangerouslyAllowNullOrigin',
];
const throwing = new Proxy(
  {},
  {
    get: () => {
      throw new Error('get');
    },
    ownKeys: () => {
      throw new Error('ownKeys');
    },
    getPrototypeOf: () => {
      throw new Error('getPrototypeOf');
    },
  },
);
const value = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  fc.constantFrom(
    throwing,
    [throwing],
    /a/,
    () => true,
    Symbol('s'),
    new URL('https://a.example'),
    new Proxy([], {
      get: () => {
        throw new Error('get');
      },
    }),
    {
      toString: () => {
        throw new Error('toString');
      },
    },
  ),
  fc.constantFrom(
    '*',
    'https://a.example',
    'null',
    ['https://a.example'],
    true,
    'PUT',
    ['X-A'],
    600,
    204,
  ),
);
const options = fc.oneof(
  value,
  fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.string()), value),
  fc.record(Object.fromEntries(NAMES.map((name) => [name, value])), { requiredKeys: [] }),
);

describe('validateCorsOptions', () => {
  it('never throws, whatever the value, and its problems can be read', () => {
    fc.assert(
      fc.property(options, (any) =>
        validateCorsOptions(any).every(
          ({ code, path, message, fix }) =>
            typeof code === 'string' &&
            typeof path === 'string' &&
            /^[\x20-\x7e…]+$/.test(message) &&
            fix.length > 0 &&
            message.length < 600,
        ),
      ),
    );
  });

  it('agrees with createCors', () => {
    fc.assert(
      fc.property(options, (any) => {
        const problems = validateCorsOptions(any);
        try {
          createCors(any as never);
          return problems.length === 0;
        } catch (error) {
          return error instanceof CorsConfigError && error.problems.length === problems.length;
        }
      }),
    );
  });
});
