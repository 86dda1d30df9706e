/**
 * What a page of the allowed origin gets, by a plain request and by a preflight.
 */
import type { Audit, Step } from '../audit.js';
import { cve, fetchStandard } from '../audits/clauses.js';
import { request } from '../audits/requests.js';
import type { WireResponse } from '../audit.js';
import { linesOf, tokenList } from '../field-syntax.js';
import { quoted } from '../printable.js';
import { admitted, ask, asking, failOn, probeAudit, subjectPreflight } from './ask.js';
import type { ProbeSubject } from './probe-options.js';

const LISTS = [
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Expose-Headers',
];

/** Audits of what the allowed origin is granted. */
export function grantAudits(subject: ProbeSubject): readonly Audit[] {
  const { path, allowedOrigin, credentials, hasPreflight } = subject;
  const get = request('GET', path, allowedOrigin);
  const both = [get, subjectPreflight(subject, allowedOrigin)];
  const granted: Step['expect'] = { browser: admitted(subject) };

  /** An audit of each of the two replies by itself. */
  const ofBoth = (
    audit: Pick<Audit, 'id' | 'title' | 'level' | 'clause' | 'why'> & Partial<Pick<Audit, 'basis'>>,
    problemOf: (response: WireResponse) => string | undefined,
  ): Audit =>
    probeAudit({
      basis: 'fetch',
      ...audit,
      check: async (context) => {
        for (const made of both) {
          const response = await ask(context, made);
          failOn(problemOf(response), made, response);
        }
      },
    });

  return [
    ofBoth(
      {
        id: 'probe/single-fields-have-one-line',
        title: 'Allow-Origin, Allow-Credentials and Max-Age are one line each',
        level: 'must',
        clause: fetchStandard('http-access-control-allow-origin'),
        why: 'Two lines, as a proxy and the application behind it make them, are read as one value that fits no origin: browsers block every page.',
      },
      // Every reply is held to it: see `reply-guard.ts`.
      () => undefined,
    ),
    probeAudit({
      id: 'probe/allowed-origin-is-granted',
      title: `A page of the allowed origin can read a GET${credentials ? ' that carries cookies' : ''}`,
      level: 'must',
      basis: 'fetch',
      clause: fetchStandard('cors-check'),
      why: 'Without the grant the page gets a network error, whatever the reply holds.',
      check: asking([{ request: get, expect: granted }]),
    }),
    ...(hasPreflight
      ? [
          probeAudit({
            id: 'probe/preflight-is-granted',
            title: 'The preflight of a page of the allowed origin passes',
            level: 'must',
            basis: 'fetch',
            clause: fetchStandard('cors-preflight-fetch'),
            why: 'A preflight carries no cookies and must be answered 200 to 299. One that meets authentication, routing or a redirect first blocks the real request.',
            check: asking([{ request: subjectPreflight(subject, allowedOrigin), expect: granted }]),
          }),
        ]
      : []),
    ofBoth(
      {
        id: 'probe/lists-are-lists',
        title: 'Allow-Methods, Allow-Headers and Expose-Headers are lists of names',
        level: 'should',
        clause: fetchStandard('http-new-header-syntax'),
        why: 'Names are parted by commas and stand without quotes; a browser that cannot read the list blocks the request, or hides every header.',
      },
      ({ headers }) => {
        const wrong = LISTS.find((name) => tokenList(linesOf(headers, name)) === undefined);
        if (wrong === undefined) return undefined;
        return `${wrong} is no list of names: ${linesOf(headers, wrong).map(quoted).join(' and ')}`;
      },
    ),
    ofBoth(
      {
        id: 'probe/max-age-is-a-number',
        title: 'Max-Age is a number of seconds',
        level: 'should',
        clause: fetchStandard('http-access-control-max-age'),
        why: 'What a browser cannot read it takes for five seconds, and asks again and again.',
      },
      ({ headers }) => {
        const [value] = linesOf(headers, 'Access-Control-Max-Age');
        if (value === undefined || /^\d+$/.test(value)) return undefined;
        return `Access-Control-Max-Age is no number of seconds: ${quoted(value)}`;
      },
    ),
    ofBoth(
      {
        id: 'probe/allow-credentials-is-true',
        title: 'Allow-Credentials is true, in lower case, or absent',
        level: 'should',
        clause: fetchStandard('http-access-control-allow-credentials'),
        why: 'True and false mean nothing to a browser: with cookies the page is blocked, and nothing says why.',
      },
      ({ headers }) => {
        const [value] = linesOf(headers, 'Access-Control-Allow-Credentials');
        if (value === undefined || value === 'true') return undefined;
        return `Access-Control-Allow-Credentials is ${quoted(value)}`;
      },
    ),
    ofBoth(
      {
        id: 'probe/no-any-origin-beside-credentials',
        title: 'Allow-Origin is no star beside Allow-Credentials: true',
        level: 'should',
        basis: 'project',
        clause: fetchStandard('cors-protocol-and-credentials'),
        why: 'Browsers let nobody in with cookies then. Whoever wrote it meant to let everybody in, and the next one who mends it will.',
      },
      ({ headers }) =>
        linesOf(headers, 'Access-Control-Allow-Origin').includes('*') &&
        linesOf(headers, 'Access-Control-Allow-Credentials').includes('true')
          ? 'Access-Control-Allow-Origin: * stands beside Access-Control-Allow-Credentials: true'
          : undefined,
    ),
    ...(credentials
      ? [
          ofBoth(
            {
              id: 'probe/no-stars-beside-credentials',
              title: 'No list holds a star beside Allow-Credentials: true',
              level: 'should',
              clause: fetchStandard('cors-protocol-and-credentials'),
              why: 'With cookies the star is a name like any other: it allows nothing, though it reads as everything.',
            },
            ({ headers }) => {
              if (!linesOf(headers, 'Access-Control-Allow-Credentials').includes('true')) {
                return undefined;
              }
              const star = LISTS.find((name) => tokenList(linesOf(headers, name))?.includes('*'));
              return star === undefined ? undefined : `${star} holds a star`;
            },
          ),
        ]
      : []),
    ...(subject.deniedOrigin === undefined
      ? [
          probeAudit({
            id: 'probe/any-origin-gets-no-credentials',
            title: 'Every origin can read, and none with cookies',
            level: 'must',
            basis: 'security',
            clause: cve('2026-54290'),
            why: 'Open to every origin with cookies means that every site acts as the users of this one.',
            check: asking(
              ['https://evil.example', 'http://evil.example:8080', 'null'].map((origin) => ({
                request: request('GET', path, origin),
                expect: { browser: { admits: 'anonymous' } },
              })),
            ),
          }),
        ]
      : []),
  ];
}
