import { describe, expect, it } from 'vitest';

import {
  type ConsoleCode,
  parseConsoleMessage,
  simulateFetchSync,
  type Verdict,
  type VerdictCode,
  VERDICTS,
} from '../src/index.js';

const ORIGIN = 'https://app.example.com';
const NOTES = 'https://api.example.com/notes';

/** What Chromium's console says of the request. */
function chromium(body: string, head = `fetch at '${NOTES}' from origin '${ORIGIN}'`): string {
  return `Access to ${head} has been blocked by CORS policy: ${body}`;
}

const PREFLIGHT = `Response to preflight request doesn't pass access control check: `;
const XHR =
  ' The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute.';
const OPAQUE = ` Have the server send the header with a valid value, or, if an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled.`;
const NO_HEADER = `No 'Access-Control-Allow-Origin' header is present on the requested resource.`;
const WILDCARD = `The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.`;
const credentials = (value: string): string =>
  `The value of the 'Access-Control-Allow-Credentials' header in the response is '${value}' which must be 'true' when the request's credentials mode is 'include'.`;
const several = (value: string): string =>
  `The 'Access-Control-Allow-Origin' header contains multiple values '${value}', but only one is allowed.`;
const invalid = (value: string): string =>
  `The 'Access-Control-Allow-Origin' header contains the invalid value '${value}'.`;
const mismatch = (value: string): string =>
  `The 'Access-Control-Allow-Origin' header has a value '${value}' that is not equal to the supplied origin.`;

const CHROMIUM: readonly (readonly [string, readonly ConsoleCode[]])[] = [
  [NO_HEADER, ['missing-allow-origin']],
  [PREFLIGHT + NO_HEADER, ['preflight-missing-allow-origin']],
  [`${NO_HEADER}${OPAQUE}`, ['missing-allow-origin']],
  [several(`${ORIGIN}, *`), ['repeated-allow-origin', 'allow-origin-list']],
  [
    PREFLIGHT + several(`${ORIGIN}, *`) + OPAQUE,
    ['preflight-repeated-allow-origin', 'preflight-allow-origin-list'],
  ],
  [invalid('app.example.com'), ['invalid-allow-origin']],
  [PREFLIGHT + invalid('x'), ['preflight-invalid-allow-origin']],
  [mismatch('https://www.example.com') + OPAQUE, ['allow-origin-mismatch']],
  [PREFLIGHT + mismatch(`${ORIGIN}/`), ['preflight-allow-origin-mismatch']],
  [WILDCARD + XHR, ['wildcard-with-credentials']],
  [PREFLIGHT + WILDCARD, ['preflight-wildcard-with-credentials']],
  [credentials(''), ['missing-allow-credentials']],
  [credentials('True') + XHR, ['allow-credentials-not-true']],
  [PREFLIGHT + credentials(''), ['preflight-missing-allow-credentials']],
  [PREFLIGHT + credentials('1'), ['preflight-allow-credentials-not-true']],
  ['Cross origin requests are not allowed by request mode.', ['same-origin-mode']],
  [
    'Cross origin requests are only supported for protocol schemes: chrome, data, http, https.',
    ['non-http-scheme'],
  ],
  [`${PREFLIGHT}It does not have HTTP ok status.`, ['preflight-status']],
  [`${PREFLIGHT}Redirect is not allowed for a preflight request.`, ['preflight-redirect']],
  [
    'Cannot parse Access-Control-Allow-Methods response header field in preflight response.',
    ['invalid-allow-methods'],
  ],
  [
    'Cannot parse Access-Control-Allow-Headers response header field in preflight response.',
    ['invalid-allow-headers'],
  ],
  [
    'Method patch is not allowed by Access-Control-Allow-Methods in preflight response.',
    ['method-not-allowed'],
  ],
  [
    'Request header field content-type is not allowed by Access-Control-Allow-Headers in preflight response.',
    ['header-not-allowed'],
  ],
  [
    'Request header field authorization is not allowed by Access-Control-Allow-Headers in preflight response.',
    ['authorization-not-listed'],
  ],
  [
    `Redirect location 'https://user:pass@cdn.example.com/' contains a username and password, which is disallowed for cross-origin requests.`,
    ['redirect-url-includes-credentials'],
  ],
];

/** What Firefox's console says of the request. */
function firefox(reason: string, after = ''): string {
  return `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${NOTES}. (Reason: ${reason}).${after}`;
}

const status = (code: number | '(null)'): string => ` Status code: ${String(code)}.`;

const FIREFOX: readonly (readonly [string, readonly ConsoleCode[]])[] = [
  [
    firefox('CORS header ‘Access-Control-Allow-Origin’ missing', status(200)),
    ['missing-allow-origin', 'preflight-missing-allow-origin'],
  ],
  [
    firefox('CORS header ‘Access-Control-Allow-Origin’ missing', status(405)),
    ['preflight-missing-allow-origin', 'missing-allow-origin'],
  ],
  [
    firefox('Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed'),
    ['repeated-allow-origin', 'preflight-repeated-allow-origin'],
  ],
  [
    firefox('CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://a.example’'),
    ['allow-origin-mismatch', 'preflight-allow-origin-mismatch'],
  ],
  [
    firefox('CORS header ‘Access-Control-Allow-Origin’ does not match ‘app.example.com’'),
    ['invalid-allow-origin', 'preflight-invalid-allow-origin'],
  ],
  [
    firefox('CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://a.b, https://c.d’'),
    ['allow-origin-list', 'preflight-allow-origin-list'],
  ],
  [
    firefox(
      'Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’',
    ).replace(NOTES, `‘${NOTES}’`),
    ['wildcard-with-credentials', 'preflight-wildcard-with-credentials'],
  ],
  [
    firefox('expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’'),
    [
      'missing-allow-credentials',
      'allow-credentials-not-true',
      'preflight-missing-allow-credentials',
      'preflight-allow-credentials-not-true',
    ],
  ],
  [
    firefox('Did not find method in CORS header ‘Access-Control-Allow-Methods’'),
    ['method-not-allowed'],
  ],
  [
    firefox(
      'header ‘x-a’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response',
    ),
    ['header-not-allowed'],
  ],
  [
    firefox(
      'header ‘authorization’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response',
    ),
    ['authorization-not-listed'],
  ],
  [
    firefox('invalid token ‘x y’ in CORS header ‘Access-Control-Allow-Methods’'),
    ['invalid-allow-methods'],
  ],
  [
    firefox('invalid token ‘x y’ in CORS header ‘Access-Control-Allow-Headers’'),
    ['invalid-allow-headers'],
  ],
  [firefox('CORS preflight response did not succeed', status(500)), ['preflight-status']],
  [firefox('CORS request external redirect not allowed'), ['preflight-redirect']],
  [firefox('CORS request not http'), ['non-http-scheme']],
  [
    firefox('CORS request did not succeed', status('(null)')),
    ['network-failure', 'preflight-network-failure'],
  ],
];

const WEBKIT: readonly (readonly [string, readonly ConsoleCode[]])[] = [
  [
    `Origin ${ORIGIN} is not allowed by Access-Control-Allow-Origin. Status code: 200`,
    [
      'missing-allow-origin',
      'allow-origin-mismatch',
      'preflight-missing-allow-origin',
      'preflight-allow-origin-mismatch',
    ],
  ],
  ['Preflight response is not successful. Status code: 404', ['preflight-status']],
  ['Preflight response is not successful. Status code: 308', ['preflight-redirect']],
  ['Preflight response is not successful', ['preflight-status']],
  [
    'Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.',
    ['wildcard-with-credentials', 'preflight-wildcard-with-credentials'],
  ],
  [
    'Credentials flag is true, but Access-Control-Allow-Credentials is not "true".',
    [
      'missing-allow-credentials',
      'allow-credentials-not-true',
      'preflight-missing-allow-credentials',
      'preflight-allow-credentials-not-true',
    ],
  ],
  [
    'Access-Control-Allow-Origin cannot contain more than one origin.',
    [
      'repeated-allow-origin',
      'allow-origin-list',
      'preflight-repeated-allow-origin',
      'preflight-allow-origin-list',
    ],
  ],
  ['Method PUT is not allowed by Access-Control-Allow-Methods.', ['method-not-allowed']],
  [
    'Request header field X-A is not allowed by Access-Control-Allow-Headers.',
    ['header-not-allowed'],
  ],
  [
    'Request header field Authorization is not allowed by Access-Control-Allow-Headers.',
    ['authorization-not-listed'],
  ],
  ['Header Access-Control-Allow-Methods has an invalid value: PUT;', ['invalid-allow-methods']],
  ['Header Access-Control-Allow-Headers has an invalid value: "a"', ['invalid-allow-headers']],
  [
    'redirection URL https://user:pass@cdn.example.com/ has credentials',
    ['redirect-url-includes-credentials'],
  ],
  [
    'not allowed to follow a cross-origin CORS redirection with non CORS scheme',
    ['redirect-to-non-http-scheme'],
  ],
];

const codesIn = (text: string): readonly ConsoleCode[] | undefined =>
  parseConsoleMessage(text)?.verdicts.map(({ code }) => code);

describe('the codes of a message', () => {
  it.each(CHROMIUM)('Chromium: %s', (body, codes) => {
    expect(codesIn(chromium(body))).toEqual(codes);
    const { browser, url, origin } = parseConsoleMessage(chromium(body))!;
    expect({ browser, url, origin }).toEqual({ browser: 'chromium', url: NOTES, origin: ORIGIN });
    // Without its head it is known as well.
    expect(codesIn(body)).toEqual(codes);
  });

  it.each(FIREFOX)('Firefox: %s', (text, codes) => {
    expect(codesIn(text)).toEqual(codes);
    const { browser, url, origin } = parseConsoleMessage(text)!;
    expect({ browser, url, origin }).toEqual({ browser: 'firefox', url: NOTES, origin: null });
    // As it looks when an editor has changed the quotation marks.
    expect(codesIn(text.replace(/[‘’]/g, "'"))).toEqual(codes);
  });

  it.each(WEBKIT)('WebKit: %s', (text, codes) => {
    expect(codesIn(text)).toEqual(codes);
    const whole = `[Error] ${text}\n[Error] Fetch API cannot load ${NOTES} due to access control checks.\n`;
    expect(codesIn(whole)).toEqual(codes);
    expect(parseConsoleMessage(whole)).toMatchObject({ browser: 'webkit', url: NOTES });
  });

  it('reaches every code that a console has words for', () => {
    const all = [...CHROMIUM, ...FIREFOX, ...WEBKIT].flatMap(([, codes]) => codes);
    const named = (Object.keys(VERDICTS) as VerdictCode[]).filter(
      (code) => VERDICTS[code].chromium !== null,
    );
    expect(named.filter((code) => !all.includes(code))).toEqual([]);
  });
});

describe('what is no reason of CORS', () => {
  it.each([
    [
      `Mixed Content: The page at 'https://app.example.com/a?b' was loaded over HTTPS, but requested an insecure resource 'http://api.example.com/notes'. This request has been blocked; the content must be served over HTTPS.`,
      'mixed-content',
      'http://api.example.com/notes',
      ORIGIN,
    ],
    [
      'Blocked loading mixed active content “http://api.example.com/notes”',
      'mixed-content',
      'http://api.example.com/notes',
      null,
    ],
    [
      `[blocked] The page at https://app.example.com/a requested insecure content from http://api.example.com/notes. This content was blocked and must be served over HTTPS.`,
      'mixed-content',
      'http://api.example.com/notes',
      ORIGIN,
    ],
    [
      `Refused to connect to '${NOTES}' because it violates the following Content Security Policy directive: "connect-src 'self'".`,
      'content-security-policy',
      NOTES,
      null,
    ],
    [
      `Content-Security-Policy: The page’s settings blocked the loading of a resource (connect-src) at ${NOTES} because it violates the following directive: “connect-src 'self'”`,
      'content-security-policy',
      NOTES,
      null,
    ],
    [
      `Refused to connect to ${NOTES} because it does not appear in the connect-src directive of the Content Security Policy.`,
      'content-security-policy',
      NOTES,
      null,
    ],
    [`GET ${NOTES} net::ERR_CONNECTION_REFUSED`, 'network-failure', NOTES, null],
    [`GET ${NOTES} net::ERR_BLOCKED_BY_CLIENT`, 'blocked-by-client', NOTES, null],
    [`GET ${NOTES} net::ERR_BLOCKED_BY_CSP`, 'content-security-policy', NOTES, null],
    [
      `GET ${NOTES} net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin 200 (OK)`,
      'blocked-by-response',
      NOTES,
      null,
    ],
    [`GET ${NOTES} net::ERR_BLOCKED_BY_ORB`, 'blocked-by-response', NOTES, null],
    [`GET ${NOTES} net::ERR_ABORTED 404 (Not Found)`, 'aborted', NOTES, null],
    [`GET ${NOTES} net::ERR_ABORTED`, 'aborted', NOTES, null],
    [
      chromium('Permission was denied for this request to access the `local` address space.'),
      'local-network-access',
      NOTES,
      ORIGIN,
    ],
    [
      chromium(
        'The request client is not a secure context and the resource is in more-private address space `local`.',
      ),
      'local-network-access',
      NOTES,
      ORIGIN,
    ],
  ] as const)('%s', (text, code, url, origin) => {
    const message = parseConsoleMessage(text);
    expect(message).toMatchObject({ url, origin });
    expect(message?.verdicts.map((verdict) => verdict.code)).toEqual([code]);
    expect(message?.verdicts[0]?.cause).toContain('no matter of CORS');
    expect(message?.verdicts[0]?.clause).toMatch(/^https:\/\//);
  });

  it.each([
    [`GET ${NOTES} net::ERR_CONNECTION_REFUSED`, 'See that the server runs'],
    [`GET ${NOTES} net::ERR_BLOCKED_BY_CLIENT`, 'Switch the extensions off'],
    [`GET ${NOTES} net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin 200 (OK)`, 'resource-Policy: cross'],
    [`GET ${NOTES} net::ERR_ABORTED 404 (Not Found)`, 'why the server answers it so'],
    [`GET ${NOTES} net::ERR_ABORTED`, 'abort()'],
    [chromium('… more-private address space `local`.'), 'Serve the page over HTTPS'],
    [
      `Refused to load the script '${NOTES}' because it violates the following Content Security Policy directive: "script-src 'self'".`,
      'to script-src,',
    ],
    [
      `Content-Security-Policy: The page’s settings blocked the loading of a resource (connect-src) at ${NOTES} because it violates the following directive: “default-src 'self'”`,
      'to default-src,',
    ],
    [
      `Refused to load ${NOTES} because it does not appear in the img-src directive of the Content Security Policy.`,
      'to img-src,',
    ],
    [`GET ${NOTES} net::ERR_BLOCKED_BY_CSP`, 'to the directive that'],
  ])('says what to change: %s', (text, fix) => {
    expect(parseConsoleMessage(text)?.verdicts[0]?.fix?.toLowerCase()).toContain(fix.toLowerCase());
  });

  it.each([
    'Uncaught (in promise) TypeError: Failed to fetch',
    `GET ${NOTES} net::ERR_FAILED 200 (OK)`,
    'TypeError: NetworkError when attempting to fetch resource.',
    'TypeError: Load failed',
    `Fetch API cannot load ${NOTES} due to access control checks.`,
  ])('says that something failed, and not why: %s', (text) => {
    expect(parseConsoleMessage(text)?.verdicts).toEqual([]);
  });

  it.each([
    '',
    'Uncaught ReferenceError: notes is not defined',
    'CORS',
    'My proxy says: CORS policy',
    'Method PUT',
    'Grund: CORS-Kopfzeile ‘Access-Control-Allow-Origin’ fehlt',
    // Its reason is not.
    chromium('Some words of a version to come.'),
    `${chromium('Some words of a version to come.')}\nGET ${NOTES} net::ERR_FAILED 200 (OK)`,
    firefox('some words of a version to come'),
    `${firefox('some words of a version to come')}\n${firefox('CORS request did not succeed', status('(null)'))}`,
    firefox('CORS disabled'),
    firefox('CORS header ‘Origin’ cannot be added'),
    firefox(
      'missing token ‘x-foo’ in CORS header ‘Access-Control-Allow-Headers’ from CORS preflight channel',
    ),
    '\u0000'.repeat(100_000),
    ` from origin '`.repeat(5_000),
  ])('is not known: %.60s', (text) => {
    expect(parseConsoleMessage(text)).toBeNull();
  });
});

describe('several messages', () => {
  const method =
    'Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response.';
  const at = (path: string, body: string): string =>
    chromium(body, `fetch at 'https://api.example.com/${path}' from origin '${ORIGIN}'`);
  const pair = (path: string, reason: string): string =>
    `[Error] ${reason}\n[Error] Fetch API cannot load https://api.example.com/${path} due to access control checks.\n`;
  const other = NOTES.replace('notes', 'b');

  it.each<[string, string, string, ConsoleCode]>([
    [
      'of Chromium',
      `app.js:3 ${at('a', method)}\napp.js:9 ${at('b', NO_HEADER)}`,
      'a',
      'method-not-allowed',
    ],
    [
      'of Chromium, with a line between that says nothing',
      `${at('a', method)}\nGET ${other} net::ERR_FAILED 200 (OK)\n${at('b', NO_HEADER)}`,
      'a',
      'method-not-allowed',
    ],
    [
      'of Chromium, the first of which says nothing',
      `GET ${other} net::ERR_FAILED\n${at('a', method)}`,
      'a',
      'method-not-allowed',
    ],
    [
      'of Chromium, the first of which has a reason that is not known',
      `${at('b', 'Some words.')}\n${at('a', method)}`,
      'a',
      'method-not-allowed',
    ],
    [
      'of Chromium, broken over lines',
      `${at('a', method).replaceAll(' at ', '\n at ')}\n${at('b', NO_HEADER)}`,
      'a',
      'method-not-allowed',
    ],
    [
      'not about CORS, before one that is',
      `GET https://api.example.com/a net::ERR_CONNECTION_REFUSED\n${at('b', NO_HEADER)}`,
      'a',
      'network-failure',
    ],
    [
      'of Firefox, as it prints them for one failed preflight',
      `${firefox('CORS preflight response did not succeed', status(404))}\n${firefox('CORS request did not succeed', status('(null)'))}`,
      'notes',
      'preflight-status',
    ],
    [
      'of Safari',
      pair('a', 'Preflight response is not successful. Status code: 404') +
        pair('b', 'Method PUT is not allowed by Access-Control-Allow-Methods.'),
      'a',
      'preflight-status',
    ],
    [
      'of Safari, in another order',
      pair('a', 'Method PUT is not allowed by Access-Control-Allow-Methods.') +
        pair('b', 'Preflight response is not successful. Status code: 404'),
      'a',
      'method-not-allowed',
    ],
  ])('are not mixed: %s', (_, text, path, code) => {
    const message = parseConsoleMessage(text);
    expect(message?.url).toBe(`https://api.example.com/${path}`);
    expect(message?.verdicts[0]?.code).toBe(code);
  });

  it('are judged by the first reason, also without what they are about', () => {
    expect(codesIn(`${method}\n${NO_HEADER}`)).toEqual(['method-not-allowed']);
  });

  it('are one where the reason stands below what it is about', () => {
    const [reason, load] = pair(
      'a',
      `Origin ${ORIGIN} is not allowed by Access-Control-Allow-Origin.`,
    )
      .trim()
      .split('\n');
    expect(parseConsoleMessage(`${load!}\n${reason!}`)).toMatchObject({
      url: 'https://api.example.com/a',
      origin: ORIGIN,
    });
  });
});

describe('what stands in a message', () => {
  const PRODUCT = `https://api.example.com/Products('1')`;

  it.each([
    chromium(NO_HEADER, `fetch at '${PRODUCT}' from origin '${ORIGIN}'`),
    firefox('CORS request did not succeed').replace(NOTES, PRODUCT),
    firefox('CORS request did not succeed').replace(NOTES, `‘${PRODUCT}’`),
    `Fetch API cannot load ${PRODUCT} due to access control checks.`,
    `GET ${PRODUCT} net::ERR_CONNECTION_REFUSED`,
    `Refused to connect to '${PRODUCT}' because it violates the following Content Security Policy directive: "connect-src 'self'".`,
    `Refused to connect to ${PRODUCT} because it does not appear in the connect-src directive of the Content Security Policy.`,
  ])('keeps its quotation marks: %s', (text) => {
    expect(parseConsoleMessage(text)?.url).toBe(PRODUCT);
  });

  it('keeps them in values and in the page of mixed content', () => {
    expect(parseConsoleMessage(chromium(mismatch(`it's`)))?.value).toBe(`it's`);
    const text = `Mixed Content: The page at '${PRODUCT}' was loaded over HTTPS, but requested an insecure resource 'http://h/P('1')'. This request has been blocked`;
    expect(parseConsoleMessage(text)).toMatchObject({
      url: `http://h/P('1')`,
      origin: 'https://api.example.com',
    });
  });

  it('is told of a redirect of Safari', () => {
    const text = `Cross-origin redirection to https://b.example.com/ denied by Cross-Origin Resource Sharing policy: Origin ${ORIGIN} is not allowed by Access-Control-Allow-Origin. Status code: 302`;
    expect(parseConsoleMessage(text)).toMatchObject({
      browser: 'webkit',
      origin: ORIGIN,
      url: 'https://b.example.com/',
      verdicts: [{ code: 'missing-allow-origin' }, {}, {}, {}],
    });
  });
});

describe('the verdict of a message', () => {
  /** The verdict of the model on the same failure. */
  const verdictOn = (
    headers: Readonly<Record<string, string>>,
    request: object,
    answer = 200,
  ): Verdict =>
    simulateFetchSync({ origin: ORIGIN, url: NOTES, ...request }, () => ({
      status: answer,
      headers: Object.entries(headers),
    })).verdict;

  it.each([
    [mismatch(`${ORIGIN}/`), { 'Access-Control-Allow-Origin': `${ORIGIN}/` }, {}],
    [WILDCARD, { 'Access-Control-Allow-Origin': '*' }, { credentialsMode: 'include' }],
    [
      credentials('True'),
      { 'Access-Control-Allow-Origin': ORIGIN, 'Access-Control-Allow-Credentials': 'True' },
      { credentialsMode: 'include' },
    ],
    [PREFLIGHT + invalid('x'), { 'Access-Control-Allow-Origin': 'x' }, { method: 'PUT' }],
  ] as const)('is that of the exchange: %s', (body, headers, request) => {
    const { code, clause, cause, fix } = verdictOn(headers, request);
    expect(parseConsoleMessage(chromium(body))?.verdicts).toEqual([{ code, clause, cause, fix }]);
  });

  it.each([
    [404, 'preflight-missing-allow-origin'],
    [401, 'preflight-missing-allow-origin'],
    [200, 'missing-allow-origin'],
  ] as const)('is that of the exchange where the status is told: %i', (answer, code) => {
    const request = code.startsWith('preflight') ? { method: 'PUT' } : {};
    const { cause, fix } = verdictOn({}, request, answer);
    const text = firefox('CORS header ‘Access-Control-Allow-Origin’ missing', status(answer));
    const found = parseConsoleMessage(text, ORIGIN)?.verdicts.find((each) => each.code === code);
    expect(found).toMatchObject({ cause, fix });
  });

  it('claims nothing that the message does not tell', () => {
    const texts = [
      ...CHROMIUM.map(([body]) => chromium(body)),
      ...FIREFOX.map(([text]) => text),
      ...WEBKIT.map(([text]) => text),
    ];
    const sentences = texts.flatMap((text) =>
      parseConsoleMessage(text)!.verdicts.map(
        ({ code, cause, fix }) => `${code}: ${cause} ${fix!}`,
      ),
    );
    for (const sentence of sentences) {
      expect(sentence).not.toMatch(/‘’|status 0|null|undefined|names none in/);
      expect(sentence).toMatch(/^[\w-]+: \S.*\. [A-Z].*\.$/);
    }
    expect([...new Set(sentences)].sort()).toMatchSnapshot();
  });

  it('names the place that a redirect led to', () => {
    const head = `fetch at 'https://cdn.example.com/a' (redirected from '${NOTES}') from origin 'null'`;
    const message = parseConsoleMessage(chromium(NO_HEADER, head));
    expect(message).toMatchObject({
      origin: 'null',
      url: NOTES,
      redirectedTo: 'https://cdn.example.com/a',
    });
    expect(message?.verdicts[0]?.cause).toContain(
      'The response of ‘https://cdn.example.com/a’ (after a redirect) has no',
    );
  });

  it('escapes what would change the line that it stands in', () => {
    const text = chromium(mismatch('https://a\u001b[2Jb'));
    expect(parseConsoleMessage(text)?.verdicts[0]?.cause).toContain('‘https://a\\x1b[2Jb’');
  });
});
