/**
 * What a shared cache may do with the replies. Each audit stores the reply to one request and asks
 * whether the cache may answer another with it; if so, it must be right for that one too. A server
 * that always sends the same is as right as one that varies.
 */
import type { Audit, AuditContext, WireRequest, WireResponse } from '../audit.js';
import type { ExpectedVerdict } from '../expectation.js';
import { fetchStandard } from './clauses.js';
import { allowedOrigin, deniedOrigin, otherAllowedOrigin, request } from './requests.js';

/** The reply to a GET from `stored` must not be wrong for one from `next`; `null` is no Origin. */
interface Pair {
  readonly stored: string | null;
  readonly next: string;
  readonly browser: ExpectedVerdict;
}

const allowedReads: ExpectedVerdict = { admits: 'credentialed' };
const plainFirst: Pair = { stored: null, next: allowedOrigin, browser: allowedReads };
const otherFirst: Pair = { stored: otherAllowedOrigin, next: allowedOrigin, browser: allowedReads };
const deniedFirst: Pair = { stored: deniedOrigin, next: allowedOrigin, browser: allowedReads };

/** An audit that plays each pair on each path. */
function cacheAudit(
  audit: Pick<Audit, 'id' | 'title' | 'why' | 'scenario'> & Partial<Pick<Audit, 'requires'>>,
  pairs: readonly Pair[],
  paths: readonly string[] = ['/ok'],
): Audit {
  return {
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('cors-protocol-and-http-caches'),
    requires: [],
    ...audit,
    check: async (context) => {
      for (const path of paths) {
        for (const { stored, next, browser } of pairs) {
          await checkReuse(
            context,
            request('GET', path, stored),
            request('GET', path, next),
            browser,
          );
        }
      }
    },
  };
}

/** The reply to `stored` is kept, and must be right for `next` wherever it would be used for it. */
async function checkReuse(
  context: AuditContext,
  stored: WireRequest,
  next: WireRequest,
  browser: ExpectedVerdict,
): Promise<void> {
  const reply = await context.send(stored);
  if (mayReuse(stored, reply, next)) context.expect(next, reply, { browser });
}

/**
 * Whether a cache may answer `next` with the reply to `stored`, for the same target.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9111#section-4.1
 */
function mayReuse(stored: WireRequest, reply: WireResponse, next: WireRequest): boolean {
  const selecting = membersOf(reply.headers, 'vary');
  if (selecting.includes('*') || membersOf(reply.headers, 'cache-control').includes('no-store')) {
    return false;
  }
  return selecting.every((name) => valueOf(stored.headers, name) === valueOf(next.headers, name));
}

function membersOf(lines: WireRequest['headers'], field: string): readonly string[] {
  const members = (valueOf(lines, field) ?? '').split(',');
  return members.map((member) => member.trim().toLowerCase()).filter((member) => member !== '');
}

function valueOf(lines: WireRequest['headers'], field: string): string | null {
  const values = lines.filter(([name]) => name.toLowerCase() === field).map(([, value]) => value);
  return values.length === 0 ? null : values.join(', ');
}

/** Audits of what caches do. */
export const caches: readonly Audit[] = [
  cacheAudit(
    {
      id: 'caches/plain-reply-is-not-given-to-a-page',
      title: 'The reply to a request without Origin is not served to an allowed page',
      why: 'An image or a download is cached without the grant; the same address fetched by a script then fails until the cache forgets.',
      scenario: 'exposed',
    },
    [plainFirst],
  ),
  cacheAudit(
    {
      id: 'caches/one-origins-reply-is-not-given-to-another',
      title: 'The reply to one allowed origin is not served to another',
      why: 'The second page is shown the first one’s name and blocked: it works on every machine but the one behind the CDN.',
      scenario: 'exposed',
    },
    [otherFirst],
  ),
  cacheAudit(
    {
      id: 'caches/denied-reply-is-not-given-to-a-page',
      title: 'The reply to a denied origin is not served to an allowed page',
      why: 'Otherwise one request from a stranger blocks every user behind the same cache.',
      scenario: 'exposed',
    },
    [deniedFirst],
  ),
  cacheAudit(
    {
      id: 'caches/error-replies',
      title: 'Errors and redirects are kept apart by origin as good replies are',
      why: 'A cached 404 or 301 without the grant hides its status from the page, which sees only a failed request.',
      scenario: 'exposed',
    },
    [plainFirst, otherFirst, deniedFirst],
    ['/status/301', '/status/404', '/status/410', '/status/500', '/no/such/route'],
  ),
  cacheAudit(
    {
      id: 'caches/single-origin',
      title: 'With a single origin, no cached reply blocks its pages',
      why: 'A server with one origin may always send it, or vary; to send it now and then without saying so is the mistake.',
      scenario: 'single',
    },
    [null, deniedOrigin].map((stored) => ({
      stored,
      next: allowedOrigin,
      browser: { admits: 'anonymous' },
    })),
  ),
  cacheAudit(
    {
      id: 'caches/any-origin',
      title: 'With any origin, every cached reply serves every page, exposed names included',
      why: 'To send the star only to those who ask makes caches hand the reply without it to the next page.',
      scenario: 'any-lists',
    },
    [null, otherAllowedOrigin, 'null'].map((stored) => ({
      stored,
      next: deniedOrigin,
      browser: { admits: 'anonymous', exposes: ['X-One', 'X-Two'] },
    })),
    ['/ok', '/status/404'],
  ),
  cacheAudit(
    {
      id: 'caches/predicate',
      title: 'With a predicate, no cached reply is served to another origin',
      why: 'What a predicate decides depends on the origin as much as any list does.',
      scenario: 'predicate',
      requires: ['predicates'],
    },
    [plainFirst, otherFirst, deniedFirst],
  ),
];
