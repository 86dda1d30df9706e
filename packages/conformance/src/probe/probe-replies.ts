/**
 * What the allowed origin gets beside the commonest replies: errors, HEAD, other forms of a preflight,
 * and what caches and connections are told.
 */
import type { Audit, AuditContext, WireRequest, WireResponse } from '../audit.js';
import { cwe, fetchStandard, rfc9110 } from '../audits/clauses.js';
import { admitsNobody, stepsFor } from '../audits/expectations.js';
import { request } from '../audits/requests.js';
import { linesOf, tokenList } from '../field-syntax.js';
import { quoted } from '../printable.js';
import { admitted, ask, asking, failOn, probeAudit, sortedNames, subjectPreflight } from './ask.js';
import type { ProbeSubject } from './probe-options.js';

/** Fields that only the answer to a preflight has. */
const PREFLIGHT_FIELDS = [
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Max-Age',
];

/** Audits of replies. */
export function replyAudits(subject: ProbeSubject): readonly Audit[] {
  const { path, allowedOrigin, deniedOrigin = 'https://evil.example' } = subject;
  const isOpen = subject.deniedOrigin === undefined;
  const granted = { browser: admitted(subject) };
  const unknownPath = `${path.replace(/[?].*$/, '').replace(/\/$/, '')}/no-such-page-of-cors-conformance`;
  return [
    probeAudit({
      id: 'probe/request-without-origin-is-served',
      title: 'A request without Origin gets the status that one with it gets',
      level: 'should',
      basis: 'fetch',
      clause: fetchStandard('cors-request'),
      why: 'Command-line clients, other servers and plain navigations send no Origin.',
      check: async (context) => {
        const made = request('GET', path, null);
        const plain = await ask(context, made);
        const fromPage = await ask(context, request('GET', path, allowedOrigin));
        if (plain.status === fromPage.status) return;
        failOn(`the status should be ${fromPage.status}, but is ${plain.status}`, made, plain);
      },
    }),
    probeAudit({
      id: 'probe/head-is-granted',
      title: 'HEAD is granted as GET is',
      level: 'should',
      basis: 'rfc9110',
      clause: rfc9110('9.3.2'),
      why: 'Pages ask by HEAD whether something is there; a middleware that looks for GET forgets it.',
      check: asking([{ request: request('HEAD', path, allowedOrigin), expect: granted }]),
    }),
    probeAudit({
      id: 'probe/errors-are-granted',
      title: 'A page of the allowed origin can read the reply for an unknown address',
      level: 'should',
      basis: 'fetch',
      clause: fetchStandard('http-cors-protocol'),
      why: 'Without the grant a 404 is a network error to the page, and nobody sees what is wrong.',
      check: asking([{ request: request('GET', unknownPath, allowedOrigin), expect: granted }]),
    }),
    probeAudit({
      id: 'probe/vary-names-origin',
      title: 'Replies that depend on Origin say so in Vary',
      level: 'should',
      basis: 'fetch',
      clause: fetchStandard('cors-protocol-and-http-caches'),
      why: 'A cache hands one origin’s reply to another, or the reply without a grant to a page that has one: it fails for some, some of the time.',
      check: (context) => checkVary(context, path, [null, allowedOrigin, deniedOrigin]),
    }),
    probeAudit({
      id: 'probe/options-is-no-preflight-by-itself',
      title: 'OPTIONS without Origin, or without a method to announce, is no preflight',
      level: 'should',
      basis: 'project',
      clause: fetchStandard('cors-preflight-request'),
      why: 'Pages, WebDAV clients and API explorers send OPTIONS too, and wait for the application’s own answer.',
      check: async (context) => {
        for (const made of [
          request('OPTIONS', path, allowedOrigin),
          request('OPTIONS', path, null, ['Access-Control-Request-Method', 'PUT']),
        ]) {
          const response = await ask(context, made);
          const found = PREFLIGHT_FIELDS.find((name) => linesOf(response.headers, name).length > 0);
          if (found !== undefined)
            failOn(`the answer is a preflight’s: it has ${found}`, made, response);
        }
      },
    }),
    ...otherForms(subject),
    probeAudit({
      id: 'probe/several-origins-are-denied',
      title:
        'A second origin beside the allowed one, in a line of its own or in the same, is not let in',
      level: 'should',
      basis: 'security',
      clause: rfc9110('5.3'),
      why: 'Two servers in a chain that each read another line disagree about who asked.',
      check: async (context) => {
        for (const [first, second] of [
          [allowedOrigin, deniedOrigin],
          [deniedOrigin, allowedOrigin],
        ] as const) {
          const made = request('GET', path, first, ['Origin', second]);
          const response = await ask(context, made);
          const [grant = allowedOrigin] = linesOf(response.headers, 'Access-Control-Allow-Origin');
          if (grant === allowedOrigin || (grant === '*' && isOpen)) continue;
          failOn(`Access-Control-Allow-Origin is ${quoted(grant)}`, made, response);
        }
        if (isOpen) return;
        const joined = [`${allowedOrigin} ${deniedOrigin}`, `${allowedOrigin},${deniedOrigin}`];
        const get = (origin: string): WireRequest => request('GET', path, origin);
        await asking(stepsFor(joined, get, admitsNobody))(context);
      },
    }),
    probeAudit({
      id: 'probe/connections-keep-no-state',
      title: 'What one request on a connection is granted says nothing for the next',
      level: 'must',
      basis: 'security',
      clause: cwe(488),
      why: 'Proxies send the requests of many users down one connection.',
      requires: ['http1'],
      check: async (context) => {
        const requests = [allowedOrigin, deniedOrigin, null, allowedOrigin].map((origin) =>
          request('GET', path, origin),
        );
        const alone: WireResponse[] = [];
        for (const made of requests) alone.push(await ask(context, made));
        // Where it keeps no connection, it keeps no state of one.
        const closes = ({ headers }: WireResponse): boolean =>
          linesOf(headers, 'Connection').some((line) => /close/i.test(line));
        if (alone.some(closes)) return;
        const together = await context.sendOnOneConnection(requests);
        for (const [index, made] of requests.entries()) {
          const response = together[index];
          if (response === undefined || grantIn(response) === grantIn(alone[index])) continue;
          failOn(
            `the grant should be ${quoted(grantIn(alone[index]))}, as it is on a connection of its own, but is ${quoted(grantIn(response))}`,
            made,
            response,
          );
        }
      },
    }),
  ];
}

/** Forms of a preflight that mean the same and that no browser sends. */
function otherForms(subject: ProbeSubject): readonly Audit[] {
  const { allowedOrigin, headers } = subject;
  const names = sortedNames(headers);
  if (names.length === 0) return [];
  const forms = [
    [names.join(', ')],
    [names.join().toUpperCase()],
    [[...names].reverse().join(',\t')],
    names,
  ];
  return [
    probeAudit({
      id: 'probe/other-forms-of-a-preflight-are-granted',
      title:
        'Names in another order or case, with white space or in several lines, are the same names',
      level: 'may',
      basis: 'project',
      clause: rfc9110('5.6.1'),
      why: 'Browsers send them sorted and in lower case; what stands between them and the server may not.',
      check: asking(
        stepsFor(forms, (lines) => subjectPreflight(subject, allowedOrigin, lines), {
          browser: admitted(subject),
        }),
      ),
    }),
  ];
}

/** Where the grants differ, every reply must name `Origin`: also the one to a request without. */
async function checkVary(
  context: AuditContext,
  path: string,
  origins: readonly (string | null)[],
): Promise<void> {
  const replies: WireResponse[] = [];
  for (const origin of origins) replies.push(await ask(context, request('GET', path, origin)));
  if (new Set(replies.map(grantIn)).size === 1) return;
  for (const [index, response] of replies.entries()) {
    const { headers } = response;
    // What no cache keeps, no cache hands on.
    if (linesOf(headers, 'Cache-Control').some((line) => /\bno-store\b/i.test(line))) continue;
    const vary = (tokenList(linesOf(headers, 'Vary')) ?? []).map((name) => name.toLowerCase());
    if (vary.includes('origin') || vary.includes('*')) continue;
    failOn(
      `the grant depends on Origin, so Vary should name it, but is ${quoted(vary.join(', '))}`,
      request('GET', path, origins[index] ?? null),
      response,
    );
  }
}

/** What a reply grants to whom. */
function grantIn(response: WireResponse | undefined): string {
  return ['Access-Control-Allow-Origin', 'Access-Control-Allow-Credentials']
    .flatMap((name) => linesOf(response?.headers ?? [], name).map((value) => `${name}: ${value}`))
    .join(', ');
}
