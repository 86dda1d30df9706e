/**
 * Requests that no browser sends, sized to hurt. Time is not measured: a server that is brought down,
 * or that stops answering the next request within the suite's deadline, fails.
 */
import type { Audit, WireRequest } from '../audit.js';
import { cve, cwe } from './clauses.js';
import { admitsNobody, preflightGranted, stepsFor } from './expectations.js';
import { hostileAudit, replyIs, replyIsSmall } from './hostile-audit.js';
import {
  allowedOrigin,
  deniedOrigin,
  get,
  type HeaderLine,
  preflight,
  request,
} from './requests.js';

const KILOBYTE = 1024;
/** Enough for what takes the square of it to be noticed; what is slow but sound must not be. */
const hurtfulSizes = [16 * KILOBYTE, 64 * KILOBYTE, 256 * KILOBYTE];
const wastefulSizes = [16 * KILOBYTE, 64 * KILOBYTE, 1024 * KILOBYTE];

/** An origin of about the given size, which ends as a listed one does. */
function longOrigin(size: number): string {
  return `https://${'a'.repeat(size)}.b.example`;
}

/** Preflights that ask for lists of names in every shape that is out of reason. */
function hostilePreflights(sizes: readonly number[]): readonly WireRequest[] {
  const lists = [
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
  return lists.map((names) => preflight(allowedOrigin, { names }));
}

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
      id: 'hostile/header-lists-do-no-harm',
      title: 'Header lists of 16 to 256 KB, and white space without end, do no harm',
      level: 'must',
      basis: 'security',
      clause: cve('2026-69207'),
      why: 'Splitting, trimming and sorting such a list has kept servers busy until nobody else was answered.',
      scenario: 'echo-headers-large-head',
    },
    hostilePreflights(hurtfulSizes),
  ),
  hostileAudit(
    {
      id: 'hostile/header-lists-where-echoed',
      title: 'Header lists of 16 KB to a megabyte are not sent back',
      level: 'should',
      basis: 'project',
      clause: cwe(770),
      why: 'No page needs so many names. A reply that grows with what a stranger sends costs him nothing.',
      scenario: 'echo-headers-large-head',
    },
    hostilePreflights(wastefulSizes),
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
    [...hostilePreflights(wastefulSizes), linesOfCommas(allowedOrigin)],
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
      title: 'A thousand lines of a thousand commas each do no harm',
      level: 'must',
      basis: 'security',
      clause: cve('2025-47908'),
      why: 'Each comma became an allocation: a megabyte of them took a hundred times as much memory, for one request.',
      scenario: 'listed-large-head',
    },
    [linesOfCommas(allowedOrigin), linesOfCommas(deniedOrigin)],
  ),
  hostileAudit(
    {
      id: 'hostile/lines-of-commas-where-echoed',
      title: 'A thousand lines of a thousand commas each are not sent back',
      level: 'should',
      basis: 'project',
      clause: cwe(770),
      why: 'There is no name in them that could be allowed.',
      scenario: 'echo-headers-large-head',
    },
    [linesOfCommas(allowedOrigin), linesOfCommas(deniedOrigin)],
    replyIsSmall,
  ),
  hostileAudit(
    {
      id: 'hostile/huge-methods',
      title: 'Methods of 64 KB and a megabyte are not sent back',
      level: 'should',
      basis: 'project',
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
      ...stepsFor(['https://constructor', 'https://__proto__'], get, admitsNobody),
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
