/**
 * What becomes of a request whose origin is denied, and of one whose origin is hard to read at all.
 */
import type { Audit, AuditContext, WireRequest } from '../audit.js';
import { TransportError } from '../transport-error.js';
import { cve, cwe, fetchStandard, rfc9110 } from './clauses.js';
import { admitsCredentialed, admitsNobody, grantsNothing, stepsFor } from './expectations.js';
import * as characters from './origin-characters.js';
import * as inputs from './origin-inputs.js';
import { allowedOrigin, deniedOrigin, get, request } from './requests.js';

/** Audits of denied requests, and of values that are no plain origin. */
export const deniedOrigins: readonly Audit[] = [
  {
    id: 'origins/outer-white-space-is-no-part-of-the-value',
    title: 'White space around the value is no part of it',
    level: 'may',
    basis: 'rfc9110',
    clause: rfc9110('5.5'),
    why: 'Parsers take it off before anybody compares. A page behind a proxy that adds a space must not be turned away.',
    scenario: 'listed',
    requires: ['http1'],
    steps: stepsFor([` ${allowedOrigin}`, `${allowedOrigin} `, `\t ${allowedOrigin} \t`], get, {
      browser: { admits: 'credentialed' },
    }),
  },
  {
    id: 'origins/control-characters-are-denied',
    title: 'A value with control characters is not granted, and the server goes on',
    level: 'should',
    basis: 'project',
    clause: cve('2026-40110'),
    why: 'A line end or NUL that ends a comparison early, or is copied into the reply, hands the reply to the attacker.',
    scenario: 'listed',
    requires: ['raw-bytes'],
    check: async (context) => {
      for (const origin of characters.controlCharacters) {
        await expectUnlessRefused(context, get(origin));
        const next = get(allowedOrigin);
        context.expect(next, await context.send(next), admitsCredentialed);
      }
    },
  },
  {
    id: 'origins/several-in-one-value-are-denied',
    title: 'Several origins in one value get nothing',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('origin-header'),
    why: 'An origin is one. A server that picks a listed one out of a list has let somebody else write the list.',
    scenario: 'listed',
    requires: [],
    steps: stepsFor(inputs.several, get, grantsNothing),
  },
  {
    id: 'origins/several-lines-are-denied',
    title: 'Two Origin lines get nothing, in either order',
    level: 'should',
    basis: 'project',
    clause: rfc9110('5.3'),
    why: 'Two servers in a chain that each read another line disagree about who asked.',
    scenario: 'listed',
    requires: ['raw-bytes'],
    steps: [
      [allowedOrigin, deniedOrigin],
      [deniedOrigin, allowedOrigin],
      [allowedOrigin, allowedOrigin],
    ].map(([first = '', second = '']) => ({
      request: request('GET', '/ok', first, ['Origin', second]),
      expect: grantsNothing,
    })),
  },
  {
    id: 'origins/denied-replies-are-bare',
    title: 'No denied origin, of whatever class, is told anything but Vary: Origin',
    level: 'should',
    basis: 'project',
    clause: cwe(200),
    why: 'Lists, credentials and other origins in a denied reply tell a stranger what to try next, and a later change may turn them into a grant.',
    scenario: 'listed',
    requires: [],
    steps: stepsFor(
      [
        deniedOrigin,
        'null',
        ...inputs.lookAlikes,
        ...inputs.apexes,
        ...inputs.concatenations,
        ...inputs.trailingDots,
        ...inputs.ports,
        ...inputs.malformedPorts,
        ...inputs.schemes,
        ...inputs.withoutScheme,
        ...inputs.urlParts,
        ...characters.otherCase,
        ...characters.unicode,
        ...characters.punycodeTwins,
        ...characters.specialCharacters,
        ...characters.delimiters,
        ...inputs.words,
        ...inputs.localLookAlikes,
        ...characters.innerSpace,
      ],
      get,
      grantsNothing,
    ),
  },
  {
    id: 'origins/denied-request-still-runs',
    title: 'A denied actual request reaches the application, and only its reading is withheld',
    level: 'should',
    basis: 'project',
    clause: cve('2022-4147'),
    why: 'Form posts, navigations and a site’s own requests carry Origin too. Blocking on it is a decision of its own, that CORS must not make in passing.',
    scenario: 'listed',
    requires: [],
    steps: stepsFor(
      ['GET', 'POST', 'DELETE', 'OPTIONS'],
      (method) => request(method, '/ok', deniedOrigin),
      { ...admitsNobody, status: 200, reachedApplication: true },
    ),
  },
];

/** Nothing is granted; a request that the server's parser refuses without a reply counts as denied. */
async function expectUnlessRefused(context: AuditContext, hostile: WireRequest): Promise<void> {
  let response;
  try {
    response = await context.send(hostile);
  } catch (error) {
    // The connection was closed: what follows shows whether the server still answers.
    if (error instanceof TransportError) return;
    throw error;
  }
  context.expect(hostile, response, admitsNobody);
}
