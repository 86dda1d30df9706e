// Arbitraries: texts and headers as nobody would write them, and as the algorithms look for them.
import fc from 'fast-check';

/** Response headers whose values are lists. */
export const EXTRACTED = [
  'Access-Control-Allow-Headers',
  'Access-Control-Allow-Methods',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
] as const;

/** Whole strings of every kind, and pieces of what the algorithms look for. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc
    .array(
      fc.constantFrom(
        ...[
          '*',
          ',',
          ' ',
          '\t',
          '\n',
          '"',
          '\\',
          '/',
          ';',
          '=',
          '-',
          'bytes=',
          '0',
          '99999',
          'x-a',
        ],
        ...['text/plain', 'true', 'null', 'TRACE', 'put', 'PATCH', '\u00e9', '\u017f', '\ud800'],
      ),
      { maxLength: 12 },
    )
    .map((pieces) => pieces.join('')),
  fc.constantFrom('*', 'true', 'GET', 'PUT', 'patch', 'https://a.example', '600'),
);

/** Any text, or the name of a header that counts. */
export const anyName = fc.oneof(
  anyText,
  fc.constantFrom(
    ...EXTRACTED,
    'access-control-allow-origin',
    'Access-Control-Allow-Origin',
    'Access-Control-Allow-Credentials',
    'Authorization',
    'accept',
    'Content-Type',
    'Accept-Language',
    'RANGE',
    'X-HTTP-Method',
    'x-a',
    'Set-Cookie',
  ),
);

/** A few headers. */
export const anyHeaders = fc.array(fc.tuple(anyName, anyText), { maxLength: 8 });
