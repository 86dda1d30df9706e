/**
 * Any origin, credentials, and why the two never go together.
 */
import type { Audit } from '../audit.js';
import { cve, cwe, fetchStandard } from './clauses.js';
import { admitsAnonymous, admitsCredentialed, admitsNobody, stepsFor } from './expectations.js';
import { allowedOrigin, deniedOrigin, get, preflight, request } from './requests.js';

const anyPages = [allowedOrigin, deniedOrigin, 'http://localhost:3000', 'capacitor://localhost'];
const cookie = ['Cookie', 'session=1'] as const;

/** Audits of policies for any origin. */
export const anyOrigin: readonly Audit[] = [
  {
    id: 'any-origin/every-page-may-read',
    title: 'Any origin: every page may read, null included, and the preflight passes',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('cors-check'),
    why: 'Public data is public for sandboxed frames and local files as well.',
    scenario: 'any-lists',
    requires: [],
    steps: [
      ...stepsFor([...anyPages, 'null'], get, admitsAnonymous),
      ...stepsFor(
        [...anyPages, 'null'],
        (origin) => preflight(origin, { names: 'content-type,x-a' }),
        admitsAnonymous,
      ),
    ],
  },
  {
    id: 'any-origin/never-with-credentials',
    title: 'Any origin: no reply admits credentials, whatever the request carries',
    level: 'must',
    basis: 'security',
    clause: cve('2018-20744'),
    why: 'To answer a cookie by reflecting the origin makes every site on the web a trusted one.',
    scenario: 'any-lists',
    requires: [],
    steps: stepsFor(
      [
        ...[...anyPages, 'null'].flatMap((origin) => [
          get(origin, cookie),
          get(origin, ['Authorization', 'Basic dTpw']),
        ]),
        preflight(deniedOrigin, { names: 'x-a' }),
      ],
      (made) => made,
      admitsAnonymous,
    ),
  },
  {
    id: 'any-origin/credentials-do-not-open-it',
    title: 'Any origin with credentials: the server refuses to start, or admits no credentials',
    level: 'must',
    basis: 'security',
    clause: cve('2018-20744'),
    why: 'Browsers refuse the star beside credentials. A server that helps out with the page’s own origin hands every session to every site.',
    scenario: 'any-with-credentials',
    requires: [],
    check: async (context) => {
      for (const asked of [
        get(deniedOrigin, cookie),
        get('null', cookie),
        preflight(deniedOrigin),
      ]) {
        const { headers } = await context.send(asked);
        const of = (name: string): readonly string[] =>
          headers.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value);
        const isOpen =
          of('access-control-allow-origin').some((origin) => origin !== '*') &&
          of('access-control-allow-credentials').includes('true');
        context.assert(
          !isOpen,
          `a stranger’s page should not be granted credentials, but is: ${of('access-control-allow-origin').join()}`,
        );
      }
    },
  },
  {
    id: 'any-origin/the-value-is-not-read',
    title: 'Any origin: the star is sent whatever Origin holds',
    level: 'may',
    basis: 'project',
    clause: fetchStandard('http-access-control-allow-origin'),
    why: 'A reply that does not depend on the request is shared by every cache, and has no value in it to get wrong.',
    scenario: 'any',
    requires: [],
    steps: stepsFor(
      [
        '',
        'undefined',
        'https://a.example, https://evil.test',
        'https://a.example/',
        `https://${'a'.repeat(400)}.example`,
        'not an origin',
      ],
      get,
      { cors: { allowOrigin: '*' }, vary: { without: ['Origin'] } },
    ),
  },
];

/** Audits of credentials. */
export const credentials: readonly Audit[] = [
  {
    id: 'credentials/preflighted-request-is-granted',
    title: 'With credentials on, the preflight and the request that it announces both pass',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('cors-protocol-and-credentials'),
    why: 'The preflight carries no cookie, yet its reply must admit them; a server that waits for a cookie to say so blocks every credentialed PUT.',
    scenario: 'listed',
    requires: [],
    steps: [
      { request: preflight(allowedOrigin, { names: 'x-a' }), expect: admitsCredentialed },
      {
        request: request('PUT', '/ok', allowedOrigin, cookie, ['X-A', '1']),
        expect: { ...admitsCredentialed, reachedApplication: true },
      },
    ],
  },
  {
    id: 'credentials/cookies-change-nothing',
    title: 'Who is allowed does not depend on cookies or Authorization',
    level: 'must',
    basis: 'security',
    clause: fetchStandard('cors-protocol-and-credentials'),
    why: 'The grant belongs to the origin. A session must not open the reply to a page that the policy leaves out.',
    scenario: 'listed',
    requires: [],
    steps: [
      {
        request: get(deniedOrigin, cookie, ['Authorization', 'Basic dTpw']),
        expect: admitsNobody,
      },
      { request: get('null', cookie), expect: admitsNobody },
      { request: get(allowedOrigin, cookie), expect: admitsCredentialed },
    ],
  },
  {
    id: 'credentials/off-unless-configured',
    title: 'A list without credentials grants its origins, but no cookies',
    level: 'must',
    basis: 'security',
    clause: cwe(942),
    why: 'Credentials are the dangerous half of the grant, and must be asked for.',
    scenario: 'single',
    requires: [],
    steps: [
      { request: get(allowedOrigin, cookie), expect: admitsAnonymous },
      { request: preflight(allowedOrigin, { names: 'x-a' }), expect: admitsAnonymous },
    ],
  },
  {
    id: 'credentials/insecure-origins-where-unlocked',
    title: 'Where insecure origins are unlocked, a predicate that admits one grants it',
    level: 'should',
    basis: 'project',
    clause: cwe(319),
    why: 'Who has said so by name, for a device on the local network perhaps, must get what was asked for, and not silence.',
    scenario: 'insecure-allowed',
    requires: ['predicates'],
    steps: [
      { request: get('http://plain.example'), expect: admitsCredentialed },
      { request: get('http://other-plain.example'), expect: admitsNobody },
      { request: get('null'), expect: admitsNobody },
    ],
  },
];
