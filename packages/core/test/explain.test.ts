import { describe, expect, it } from 'vitest';
import {
  type CorsOptions,
  createCors,
  createHandler,
  explain,
  type Explanation,
  type Handling,
  validateCorsOptions,
} from '../src/index.js';

const A = 'https://a.example';

async function explained(
  options: CorsOptions,
  method: string,
  headers: Record<string, string>,
): Promise<Explanation> {
  const request = { method, headers };
  return explain(await createCors(options).decide(request), request);
}

const asks = (method: string, names?: string): Record<string, string> => ({
  Origin: A,
  'Access-Control-Request-Method': method,
  ...(names !== undefined && { 'access-control-request-headers': names }),
});
const policy: CorsOptions = { origin: A, methods: ['PUT', 'PATCH'], allowedHeaders: ['X-A'] };

describe('a preflight', () => {
  it.each<[string, Record<string, string>, CorsOptions, string, string]>([
    [
      'a method that is not listed',
      asks('DELETE'),
      policy,
      'method-not-allowed',
      "Add 'DELETE' to `methods`.",
    ],
    [
      'patch, where PATCH is listed',
      asks('patch'),
      policy,
      'method-not-allowed',
      "In the page, write 'PATCH'",
    ],
    [
      'patch, where it is not',
      asks('patch'),
      { origin: A },
      'method-not-allowed',
      "Add 'PATCH' to `methods`.",
    ],
    [
      'a header that is not listed',
      asks('PUT', 'x-a,x-b'),
      policy,
      'header-not-allowed',
      "Add 'X-B' to `allowedHeaders`.",
    ],
    [
      'JSON first',
      asks('POST', 'authorization,content-type'),
      policy,
      'header-not-allowed',
      "Add 'Content-Type', 'Authorization' to",
    ],
    [
      'Authorization under *',
      asks('PUT', 'authorization,x-b'),
      { origin: A, methods: '*', allowedHeaders: '*' },
      'header-not-allowed',
      "Add 'Authorization' to",
    ],
    ['the method before the header', asks('DELETE', 'x-b'), policy, 'method-not-allowed', 'DELETE'],
    ['all listed', asks('PUT', 'X-a'), policy, 'origin-allowed', ''],
    ['safelisted methods', asks('POST'), { origin: A }, 'origin-allowed', ''],
    [
      'any',
      asks('PUT', 'x-b'),
      { origin: '*', methods: '*', allowedHeaders: '*' },
      'any-origin',
      '',
    ],
    [
      'echoed',
      asks('patch', 'authorization'),
      { origin: A, credentials: true, methods: '*', allowedHeaders: '*' },
      'origin-allowed',
      '',
    ],
    [
      'a header refused by the bounds of the echo',
      asks('PUT', '('),
      { origin: A, credentials: true, methods: '*', allowedHeaders: '*' },
      'headers-refused',
      'Access-Control-Request-Headers',
    ],
    [
      'a method refused by the bounds of the echo',
      asks('TRACE'),
      { origin: A, credentials: true, methods: '*' },
      'method-refused',
      'Access-Control-Request-Method',
    ],
    [
      'another origin',
      { ...asks('PUT'), Origin: 'https://b.example' },
      policy,
      'origin-not-allowed',
      "add 'https://b.example' to `origin`",
    ],
  ])('%s', async (_, headers, options, code, fix) => {
    const explanation = await explained(options, 'OPTIONS', headers);
    expect(explanation.code).toBe(code);
    expect(explanation.fix).toContain(fix);
    expect(explanation.fix === '').toBe(fix === '');
  });

  it.each<[string, Record<string, string>, string]>([
    ['no method at all', asks(''), 'No browser sends that'],
    ['no token', asks('<PUT>;x=1'), 'No browser sends that'],
    ['a forbidden method', asks('CONNECT'), 'No browser sends that'],
    ['a header that no page can set', asks('PUT', 'x-a,cookie'), 'No browser sends that'],
    ['no header name', asks('PUT', 'x y'), 'No browser sends that'],
  ])('does not advise to allow %s', async (_, headers, fix) => {
    const explanation = await explained(policy, 'OPTIONS', headers);
    expect(explanation.fix).toContain(fix);
  });

  const names = Array.from(
    { length: 300 },
    (_, index) => `x-header-number-${String(index).padStart(3, '0')}`,
  );

  it('does not take a piece of a name for one that is missing', async () => {
    const all = asks('GET', names.join(','));
    const { code } = await explained({ origin: A, allowedHeaders: names }, 'OPTIONS', all);
    expect(code).toBe('origin-allowed');
    for (const length of [4096, 4097, 5000]) {
      const name = 'x'.repeat(length);
      expect((await explained(policy, 'OPTIONS', asks('GET', name))).code).toBe(
        'header-not-allowed',
      );
    }
  });

  it.each<[string, string, CorsOptions, string, string]>([
    ...['put', 'Delete', 'options'].map((method): [string, string, CorsOptions, string, string] => [
      'no browser sends',
      method,
      { origin: A, methods: ['PUT', 'DELETE'] },
      `The preflight asks for the method '${method}', which browsers write '${method.toUpperCase()}'.`,
      'No browser sends that: look for a client or proxy that writes the header.',
    ]),
    [
      'no browser sends, and safelisted',
      'get',
      { origin: A, methods: ['PUT'] },
      "The preflight asks for the method 'get', which browsers write 'GET'.",
      'No browser sends that: look for a client or proxy that writes the header.',
    ],
    [
      'in the wrong case, but for that listed',
      'patch',
      { origin: A, methods: ['PATCH'] },
      "The preflight asks for the method 'patch', and the policy does not list it: the browser blocks the request.",
      "In the page, write 'PATCH': methods are case-sensitive, and browsers do not upper-case this one.",
    ],
    [
      'in the wrong case, and not listed',
      'patch',
      { origin: A, methods: ['PUT'] },
      "The preflight asks for the method 'patch', and the policy does not list it: the browser blocks the request.",
      "Add 'PATCH' to `methods`. In the page, write 'PATCH': methods are case-sensitive, and browsers do not upper-case this one.",
    ],
  ])('a method that is %s: %s', async (_, method, options, sentence, fix) => {
    expect(await explained(options, 'OPTIONS', asks(method))).toEqual({
      code: 'method-not-allowed',
      sentence,
      fix,
    });
  });

  it('gives advice that is right when it is pasted, also with long names', async () => {
    const long = 'x'.repeat(200);
    const header = await explained(policy, 'OPTIONS', asks('PUT', long));
    expect(header.fix).toBe(`Add 'X${long.slice(1)}' to \`allowedHeaders\`.`);
    const method = await explained(policy, 'OPTIONS', asks(long.toUpperCase()));
    expect(method.fix).toBe(`Add '${long.toUpperCase()}' to \`methods\`.`);
    const origin = `https://${'a.'.repeat(60)}example`;
    expect((await explained(policy, 'GET', { origin })).fix).toContain(`add '${origin}' to`);
  });

  it('looks at the whole of a long list', async () => {
    const allowedHeaders = Array.from(
      { length: 400 },
      (_, index) => `X-Header-Name-${String(index)}`,
    );
    const options = { origin: A, allowedHeaders };
    expect((await explained(options, 'OPTIONS', asks('GET', 'x-header-name-399'))).code).toBe(
      'origin-allowed',
    );
  });

  it('names JSON as the cause', async () => {
    const { sentence } = await explained(policy, 'OPTIONS', asks('POST', 'content-type'));
    expect(sentence).toContain('A JSON body makes every POST ask for Content-Type.');
  });
});

describe('another request', () => {
  it.each<[string, Record<string, string>, CorsOptions, string]>([
    ['allowed', { origin: A }, policy, 'origin-allowed'],
    ['any', { origin: A }, { origin: '*' }, 'any-origin'],
    ['without Origin under any', {}, { origin: '*' }, 'any-origin'],
    ['without Origin', {}, policy, 'no-origin'],
    ['denied', { origin: 'https://b.example' }, policy, 'origin-not-allowed'],
    ['a trailing slash', { origin: `${A}/` }, policy, 'origin-malformed'],
    ['an empty origin', { origin: '' }, policy, 'origin-malformed'],
    ['a pattern', { origin: 'https://*.a.example' }, policy, 'origin-malformed'],
    ['null', { origin: 'null' }, policy, 'null-origin'],
    ['same-origin', { origin: 'https://b.example', host: 'b.example' }, policy, 'same-origin'],
    [
      'a navigation',
      { origin: 'https://b.example', 'sec-fetch-mode': 'navigate' },
      policy,
      'not-cors-mode',
    ],
    [
      'cookies without credentials',
      { origin: A, cookie: 'a=1' },
      policy,
      'credentials-not-allowed',
    ],
    ['cookies under any', { origin: A, cookie: 'a=1' }, { origin: '*' }, 'credentials-not-allowed'],
    [
      'cookies on a request of the same origin',
      { origin: A, cookie: 'a=1', 'sec-fetch-site': 'same-origin' },
      { origin: '*' },
      'any-origin',
    ],
    [
      'cookies on a navigation',
      { origin: A, cookie: 'a=1', 'sec-fetch-mode': 'navigate' },
      policy,
      'origin-allowed',
    ],
    [
      'cookies with credentials',
      { origin: A, cookie: 'a=1' },
      { ...policy, credentials: true },
      'origin-allowed',
    ],
    [
      'insecure',
      { origin: 'http://b.example' },
      { origin: () => true, credentials: true },
      'insecure-origin',
    ],
    [
      'a failed predicate',
      { origin: A },
      {
        origin: () => {
          throw new Error('no');
        },
      },
      'predicate-failed',
    ],
  ])('%s', async (_, headers, options, code) => {
    const { code: given, sentence, fix } = await explained(options, 'GET', headers);
    expect(given).toBe(code);
    expect(sentence).toMatch(/\.$/);
    expect(fix === '').toBe(
      ['origin-allowed', 'any-origin', 'no-origin', 'same-origin', 'not-cors-mode'].includes(code),
    );
  });

  it.each<[string, CorsOptions]>([
    ['http://b.example', { origin: A, credentials: true }],
    ['http://b.example:8080', { origin: A, credentials: true }],
    ['http://b.example:443', { origin: A, credentials: true }],
    ['http://192.168.0.1', { origin: A, credentials: true }],
    ['http://localhost:3000', { origin: A, credentials: true }],
    ['https://b.example', { origin: A, credentials: true }],
    ['capacitor://localhost', { origin: A, credentials: true }],
  ])('advises an origin that start-up takes: %s', async (origin, options) => {
    const { code, fix } = await explained(options, 'GET', { origin });
    const [first, second] = fix.split('; or ');
    const advised = /add '([^']+)' to `origin`/.exec(first ?? '')?.[1];
    expect(code).toBe('origin-not-allowed');
    expect(validateCorsOptions({ ...options, origin: [A, advised] })).toEqual([]);
    const needsFlag = validateCorsOptions({ ...options, origin }).length > 0;
    expect(advised === origin).toBe(!needsFlag);
    expect(second).toBe(
      needsFlag
        ? `add '${origin}' to \`origin\`: with credentials that needs \`dangerouslyAllowInsecureOrigins: true\`.`
        : undefined,
    );
  });

  it('does not advise a pattern that somebody sent as an origin, and of which nobody was told', () => {
    const { decision } = createHandler(
      { origin: A },
      { lowerCase: true, warn: () => undefined },
    ).handle(
      { method: 'GET', headers: { origin: 'https://*.b.example' } },
      undefined,
      undefined,
    ) as Handling;
    const request = { method: 'GET', headers: { origin: 'https://*.b.example' } };
    expect(explain(decision, request).fix).toBe(
      'If this origin is yours, let the option `origin` allow it.',
    );
  });

  it.each<[string, unknown]>([
    ['a list', { origin: [A, A] }],
    ['two cases', { origin: A, Origin: A }],
  ])('says that there are several origins: %s', async (_, headers) => {
    expect(await explained(policy, 'GET', headers as Record<string, string>)).toEqual({
      code: 'origin-malformed',
      sentence: 'There are several Origin headers, or none that can be read.',
      fix: 'Look for a client or proxy that writes the header.',
    });
  });

  it.each(['same-site', 'cross-site'])(
    'knows that nobody checks a fetch without CORS: %s',
    async (site) => {
      const headers = {
        origin: A,
        cookie: 'a=1',
        'sec-fetch-mode': 'no-cors',
        'sec-fetch-site': site,
      };
      expect(await explained(policy, 'POST', headers)).toEqual({
        code: 'origin-allowed',
        sentence:
          'The policy allows this origin. The page fetched without CORS, and cannot read the reply.',
        fix: '',
      });
    },
  );

  it('says what is wrong with a malformed origin', async () => {
    const { fix } = await explained(policy, 'GET', { origin: `${A}/` });
    expect(fix).toContain('trailing slash');
  });

  it('cannot be made to forge a line', async () => {
    const hostile = {
      ...asks('X\r\nY'),
      Origin: 'https://\u001b[31m\n',
      'access-control-request-headers': '\n\u202e,x',
    };
    for (const method of ['GET', 'OPTIONS']) {
      for (const origin of [hostile.Origin, A]) {
        const { sentence, fix } = await explained(policy, method, { ...hostile, Origin: origin });
        expect(sentence + fix).not.toMatch(/[^\x20-\x7e…]/);
        expect((sentence + fix).length).toBeLessThan(700);
      }
    }
  });

  it('does not throw for headers that cannot be read', () => {
    const headers = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    const request = { method: 'GET', headers };
    expect(explain(createCors({ origin: A }).decide(request), request).code).toBe(
      'origin-malformed',
    );
  });
});
