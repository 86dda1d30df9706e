/**
 * Requests that no browser sends, sized to hurt. Time is not measured: a server that is brought down,
 * or that stops answering the next request within the suite's deadline, fails.
 */
import type { Audit, AuditContext, WireRequest, WireResponse } from '../audit.js';
import type { Expectation } from '../expectation.js';
import { TransportError } from '../transport-error.js';
import { cve, cwe } from './clauses.js';
import {
  admitsCredentialed,
  admitsNobody,
  expectNotEchoed,
  preflightGranted,
  stepsFor,
} from './expectations.js';
import {
  allowedOrigin,
  deniedOrigin,
  get,
  type HeaderLine,
  preflight,
  request,
} from './requests.js';

const KILOBYTE = 1024;
const sizes = [16 * KILOBYTE, 64 * KILOBYTE, 1024 * KILOBYTE];

/** An origin of about the given size, which ends as a listed one does. */
function longOrigin(size: number): string {
  return `https://${'a'.repeat(size)}.b.example`;
}

/** What is asked of the reply to a hostile request, if there is one. */
type Judge = (context: AuditContext, made: WireRequest, response: WireResponse) => void;

/** The reply is as expected. */
function replyIs(expected: Expectation): Judge {
  return (context, made, response) => {
    context.expect(made, response, expected);
  };
}

/** The reply is small, whatever it says. */
const replyIsSmall: Judge = (context, _, response) => {
  expectNotEchoed(context, response);
};

/** An audit that sends each request, and after each an ordinary one that must still be answered. */
function hostileAudit(
  audit: Pick<Audit, 'id' | 'title' | 'level' | 'basis' | 'clause' | 'why' | 'scenario'>,
  hostile: readonly WireRequest[],
  judge: Judge,
): Audit {
  return {
    ...audit,
    requires: ['raw-bytes'],
    check: async (context) => {
      for (const made of hostile) {
        const response = await sendUnlessRefused(context, made);
        if (response !== null) judge(context, made, response);
        const next = get(allowedOrigin);
        context.expect(next, await context.send(next), admitsCredentialed);
      }
    },
  };
}

/**
 * The reply; null when the connection was closed without one, which counts as a refusal. A reply that
 * is too large to take is none: it is the harm that was meant.
 */
async function sendUnlessRefused(
  context: AuditContext,
  hostile: WireRequest,
): Promise<WireResponse | null> {
  try {
    return await context.send(hostile);
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    context.assert(error.code !== 'too-large', `the reply should be small, but ${error.message}`);
    if (error.code === 'reset' || error.code === 'closed-early') return null;
    throw error;
  }
}

/** Lists of request headers in every size and shape that is out of reason. */
const hostileLists: readonly (string | readonly string[])[] = [
  ...sizes.flatMap((size) => [
    'x-a,'.repeat(size / 4),
    ','.repeat(size),
    'x'.repeat(size),
    ' '.repeat(size),
    'x-a ,\t'.repeat(size / 6),
    Array.from({ length: size / 8 }, (_, index) => `x-${index}`).join(),
  ]),
  `x${' '.repeat(200_000)}x`,
  `x-a,${' \t'.repeat(100_000)},x-b`,
];

const hostilePreflights: readonly WireRequest[] = hostileLists.map((names) =>
  preflight(allowedOrigin, { names }),
);

/** A preflight with a megabyte of commas, in lines. */
function linesOfCommas(origin: string): WireRequest {
  return preflight(origin, { names: Array<string>(1024).fill(','.repeat(1024)) });
}

/** Audits of hostile input. */
export const hostile: readonly Audit[] = [
  {
    id: 'hostile/long-origins',
    title: 'An Origin of 8 KB is denied',
    level: 'should',
    basis: 'project',
    clause: cwe(1333),
    why: 'No name is that long. A pattern that tries nevertheless may backtrack, and turn one request into seconds of work.',
    scenario: 'listed',
    requires: [],
    steps: stepsFor(
      [
        longOrigin(8 * KILOBYTE),
        `https://${'a.'.repeat(4 * KILOBYTE)}b.example`,
        `https://a.example${' '.repeat(8 * KILOBYTE)}x`,
        `http://localhost:${'1'.repeat(8 * KILOBYTE)}`,
        'https://'.repeat(KILOBYTE),
      ],
      get,
      admitsNobody,
    ),
  },
  hostileAudit(
    {
      id: 'hostile/huge-origins',
      title: 'Origins of 64 KB and a megabyte, of 10,000 labels, or on a thousand lines are denied',
      level: 'should',
      basis: 'project',
      clause: cwe(400),
      why: 'Behind a proxy with generous limits such values do arrive, and must cost no more than a look at their length.',
      scenario: 'listed-large-head',
    },
    [
      get(longOrigin(64 * KILOBYTE)),
      get(longOrigin(1024 * KILOBYTE)),
      get(`https://${'a.'.repeat(10_000)}b.example`),
      get(`https://a.example${'.'.repeat(64 * KILOBYTE)}`),
      preflight(longOrigin(64 * KILOBYTE)),
      request(
        'GET',
        '/ok',
        deniedOrigin,
        ...Array.from({ length: 1000 }, (): HeaderLine => ['Origin', deniedOrigin]),
      ),
    ],
    replyIs(admitsNobody),
  ),
  hostileAudit(
    {
      id: 'hostile/header-lists-where-echoed',
      title: 'Header lists of 16 KB to a megabyte, and white space without end, are not sent back',
      level: 'should',
      basis: 'security',
      clause: cve('2026-69207'),
      why: 'Splitting, trimming and sorting such a list has brought servers down; sending it back doubles the harm.',
      scenario: 'echo-large-head',
    },
    hostilePreflights,
    replyIsSmall,
  ),
  hostileAudit(
    {
      id: 'hostile/header-lists-where-fixed',
      title: 'Where the lists are fixed, hostile lists change nothing in the reply',
      level: 'should',
      basis: 'project',
      clause: cwe(770),
      why: 'A reply that does not depend on the list need not read it.',
      scenario: 'listed-large-head',
    },
    [...hostilePreflights, linesOfCommas(allowedOrigin)],
    replyIs(
      preflightGranted({
        allowOrigin: allowedOrigin,
        allowCredentials: 'true',
        allowMethods: ['GET', 'PUT'],
        allowHeaders: ['x-a'],
      }),
    ),
  ),
  hostileAudit(
    {
      id: 'hostile/lines-of-commas',
      title: 'A thousand lines of a thousand commas each are not sent back, and do no harm',
      level: 'must',
      basis: 'security',
      clause: cve('2025-47908'),
      why: 'Each comma became an allocation: a megabyte of them took a hundred times as much memory, for one request.',
      scenario: 'echo-large-head',
    },
    [linesOfCommas(allowedOrigin), linesOfCommas(deniedOrigin)],
    replyIsSmall,
  ),
  hostileAudit(
    {
      id: 'hostile/huge-methods',
      title: 'Methods of 64 KB and a megabyte are not sent back',
      level: 'should',
      basis: 'security',
      clause: cwe(770),
      why: 'A method is as free to its sender as any other value.',
      scenario: 'echo-large-head',
    },
    [
      preflight(allowedOrigin, { method: 'M'.repeat(64 * KILOBYTE) }),
      preflight(allowedOrigin, { method: 'M'.repeat(1024 * KILOBYTE) }),
      preflight(allowedOrigin, { method: `PUT${' '.repeat(200_000)}x` }),
    ],
    replyIsSmall,
  ),
  {
    id: 'hostile/names-of-object-members',
    title: 'Values that are also names of built-in members mean nothing special',
    level: 'must',
    basis: 'security',
    clause: cwe(1321),
    why: 'Look-ups in plain objects find constructor and __proto__ in every one of them.',
    scenario: 'exposed',
    requires: [],
    steps: [
      ...stepsFor(
        ['__proto__', 'constructor', 'toString', 'https://constructor', 'https://__proto__'],
        get,
        admitsNobody,
      ),
      ...stepsFor(
        ['__proto__', 'constructor', 'hasownproperty', 'x-a,tostring'],
        (names) => preflight(allowedOrigin, { names }),
        admitsNobody,
      ),
      ...stepsFor(
        ['__proto__', 'constructor', 'toString'],
        (method) => preflight(allowedOrigin, { method }),
        admitsNobody,
      ),
    ],
  },
];
