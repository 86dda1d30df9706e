import fc from 'fast-check';
import { describe, it } from 'vitest';
import { createCors, type Decision, type StaticCorsOptions } from '../src/index.js';

const LISTED = [
  'https://a.example',
  'https://*.b.example',
  'http://localhost:*',
  'https://*.c.example:*',
];

/** Policies of every shape, by name, all without a predicate. */
const POLICIES: Readonly<Record<string, StaticCorsOptions>> = {
  any: { origin: '*', methods: '*', allowedHeaders: ['*', 'Authorization'], exposedHeaders: '*' },
  listed: {
    origin: LISTED,
    methods: ['PUT'],
    allowedHeaders: ['x-a'],
    exposedHeaders: ['x-b'],
    maxAge: 5,
  },
  credentialed: { origin: LISTED, credentials: true, methods: ['PUT'], exposedHeaders: ['x-b'] },
  echo: { origin: LISTED, credentials: true, methods: '*', allowedHeaders: '*' },
  null: { origin: [...LISTED, 'null'], dangerouslyAllowNullOrigin: true },
};
const policies = Object.values(POLICIES).map((options) => createCors(options));
const policy = fc.constantFrom(...policies);

/** Origins near the listed ones: what a mutation of them gives, as well as themselves. */
const label = fc.stringMatching(/^[a-z0-9_-]{1,12}$/);
const piece = fc.constantFrom(
  'https://',
  'http://',
  'a.example',
  'b.example',
  'localhost',
  '.',
  ':',
  '/',
  '@',
  '443',
  '80',
  '3000',
  '*',
  ',',
  ' ',
  '\0',
  '\n',
  'null',
  'x',
  'é',
  '-',
);
const origin = fc.oneof(
  fc.constantFrom(
    'https://a.example',
    'https://x.b.example',
    'http://localhost:3000',
    'https://x.c.example:1',
    'null',
    '',
  ),
  fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
  fc
    .tuple(label, fc.constantFrom('a.example', 'b.example', 'c.example'))
    .map(([sub, base]) => `https://${sub}.${base}`),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.webUrl(),
);
const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}$/);
const listValue = fc.oneof(
  fc
    .array(fc.oneof(token, fc.constantFrom('', ' ', '\t', 'x-a', 'content-type', '(')), {
      maxLength: 20,
    })
    .map((names) => names.join(',')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const method = fc.oneof(
  fc.constantFrom('GET', 'PUT', 'OPTIONS', 'patch', 'CONNECT', ''),
  token,
  fc.string({ maxLength: 80 }),
);

/** What any object can hold, under names that matter and others. */
const anyMap = fc.oneof(
  fc.dictionary(
    fc.oneof(
      fc.constantFrom(
        'origin',
        'Origin',
        'ORIGIN',
        'access-control-request-method',
        'Access-Control-Request-Headers',
        'sec-fetch-site',
        'host',
        'get',
        '__proto__',
      ),
      fc.string(),
    ),
    fc.oneof(origin, fc.anything()),
  ),
  fc.anything({
    withNullPrototype: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
    withDate: true,
    withBigInt: true,
  }),
  fc.constant(
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
        get: () => {
          throw new Error('no');
        },
      },
    ),
  ),
);

const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'OPTIONS', 'OPTIONS', 'PUT'),
  origin,
  asked: fc.option(method, { nil: undefined }),
  names: fc.option(listValue, { nil: undefined }),
});

/** So that what was asked before is mostly asked again. */
const fromFew = fc
  .tuple(request, fc.constantFrom('https://a.example', 'https://x.b.example', 'null'))
  .map(([generated, few]) => ({ ...generated, origin: few }));

interface GeneratedRequest {
  readonly method: string;
  readonly origin: string;
  readonly asked: string | undefined;
  readonly names: string | undefined;
}

function fieldsOf({ origin, asked, names }: GeneratedRequest): Record<string, string> {
  return {
    origin,
    ...(asked !== undefined && { 'access-control-request-method': asked }),
    ...(names !== undefined && { 'access-control-request-headers': names }),
  };
}

/** The slow and obvious definition of what `LISTED` allows. */
function isListed(value: string): boolean {
  return (
    value === 'https://a.example' ||
    (/^https:\/\/(?:[a-z0-9_-]+\.)+b\.example$/.test(value) &&
      value.length <= 'https://'.length + 253) ||
    isPort(/^http:\/\/localhost(?::([1-9][0-9]{0,4}))?$/.exec(value), '80') ||
    (isPort(/^https:\/\/(?:[a-z0-9_-]+\.)+c\.example(?::([1-9][0-9]{0,4}))?$/.exec(value), '443') &&
      value.split(':')[1]!.length <= 2 + 253)
  );
}

function isPort(match: RegExpExecArray | null, defaultPort: string): boolean {
  const port = match?.[1];
  return match !== null && (port === undefined || (port !== defaultPort && Number(port) <= 65_535));
}

describe('decide', () => {
  it('never throws, whatever the map', () => {
    fc.assert(
      fc.property(policy, fc.anything(), anyMap, (cors, anyMethod, headers) => {
        cors.decide({ method: anyMethod as string, headers: headers as Record<string, string> });
        cors.decideLowerCase({
          method: anyMethod as string,
          headers: headers as Record<string, string>,
        });
      }),
    );
  });

  it('never throws, whatever the request', () => {
    fc.assert(
      fc.property(policy, fc.anything(), (cors, anyRequest) => {
        cors.decide(anyRequest as never);
        cors.decideLowerCase(anyRequest as never);
      }),
    );
  });

  it('never grants an origin outside the policy, and always one inside', () => {
    fc.assert(
      fc.property(request, (generated) => {
        const { method } = generated;
        for (const name of ['listed', 'credentialed'] as const) {
          const cors = createOf(name);
          const decision = cors.decide({ method, headers: fieldsOf(generated) });
          const granted = decision.headers['Access-Control-Allow-Origin'];
          if (granted !== (isListed(generated.origin) ? generated.origin : undefined)) return false;
          if (decision.allowed !== isListed(generated.origin)) return false;
          if (!decision.allowed && Object.keys(decision.headers).length > 0) return false;
        }
        return true;
      }),
    );
  });

  it('never sends * with credentials, a control character, or anything unchecked', () => {
    fc.assert(
      fc.property(policy, request, (cors, generated) => {
        const decision = cors.decide({ method: generated.method, headers: fieldsOf(generated) });
        return isClean(decision, generated);
      }),
    );
  });

  it('is the same each time, whoever asked before', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(POLICIES)),
        fc.array(fromFew, { maxLength: 5 }),
        fromFew,
        (options, earlier, generated) => {
          const cors = createCors(options);
          const decide = (each: GeneratedRequest, by = cors): string =>
            JSON.stringify(by.decide({ method: each.method, headers: fieldsOf(each) }));
          const expected = decide(generated, createCors(options));
          for (const each of earlier) decide(each);
          return decide(generated) === expected && decide(generated) === expected;
        },
      ),
    );
  });

  it('is the same for a map in any case, in lower case, and for Headers', () => {
    fc.assert(
      fc.property(policy, request, fc.infiniteStream(fc.boolean()), (cors, generated, upper) => {
        const fields = fieldsOf(generated);
        const headers = sentByHeaders(fields);
        if (headers === null) return true;
        const mixed = Object.fromEntries(
          Object.entries(fields).map(([name, value]) => [
            Array.from(name)
              .map((c) => (upper.next().value ? c.toUpperCase() : c))
              .join(''),
            value,
          ]),
        );
        const { method } = generated;
        const expected = JSON.stringify(cors.decide({ method, headers }));
        return (
          JSON.stringify(cors.decide({ method, headers: fields })) === expected &&
          JSON.stringify(cors.decide({ method, headers: mixed })) === expected &&
          JSON.stringify(cors.decideLowerCase({ method, headers: fields })) === expected
        );
      }),
    );
  });

  it('treats two keys that differ in case, and several values, as malformed', () => {
    fc.assert(
      fc.property(origin, origin, (first, second) => {
        const cors = createOf('credentialed');
        const twice = cors.decide({ method: 'GET', headers: { Origin: first, origin: second } });
        const list = cors.decide({ method: 'GET', headers: { origin: [first, second] } });
        return twice.reason === 'origin-malformed' && list.reason === 'origin-malformed';
      }),
    );
  });
});

const byName = new Map(Object.keys(POLICIES).map((name, index) => [name, policies[index]!]));
const createOf = (name: string) => byName.get(name)!;

/** The fields as `Headers` would hold them; null for what it cannot, or would change. */
function sentByHeaders(fields: Readonly<Record<string, string>>): Headers | null {
  try {
    const headers = new Headers(fields);
    return Object.entries(fields).every(([name, value]) => headers.get(name) === value)
      ? headers
      : null;
  } catch {
    return null;
  }
}

function isClean({ headers }: Decision, { origin, asked, names }: GeneratedRequest): boolean {
  const isCredentialed = headers['Access-Control-Allow-Credentials'] !== undefined;
  if (isCredentialed && headers['Access-Control-Allow-Origin'] === '*') return false;
  if (isCredentialed && headers['Access-Control-Expose-Headers']?.includes('*')) return false;
  const fixed = new Set(['*', 'true', 'PUT', 'x-a', 'x-b', 'authorization', '5', '']);
  const askedNames = (names ?? '').split(',').map((name) => name.trim().toLowerCase());
  for (const [field, value] of Object.entries(headers)) {
    if (/[^\x21-\x7e]/.test(value)) return false;
    if (field === 'Access-Control-Allow-Origin') {
      if (value !== '*' && value !== origin) return false;
    } else if (field === 'Access-Control-Allow-Methods') {
      if (!fixed.has(value) && value !== asked) return false;
    } else if (
      !value.split(',').every((name) => fixed.has(name.toLowerCase()) || askedNames.includes(name))
    ) {
      return false;
    }
  }
  return true;
}
