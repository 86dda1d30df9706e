// The deliberate differences that more than one peer shows. Each is a heading on the pages.
import type { Difference } from './compare.js';
import type { Kind } from './migration.js';
import { PATHS } from './probes.js';

const ALLOW_ORIGIN = 'access-control-allow-origin';
const ALLOW_CREDENTIALS = 'access-control-allow-credentials';
const ALLOW_METHODS = 'access-control-allow-methods';
const ALLOW_HEADERS = 'access-control-allow-headers';
const EXPOSE_HEADERS = 'access-control-expose-headers';
const MAX_AGE = 'access-control-max-age';

/** The members of a list, as it was read. */
const members = (list: string): readonly string[] => (list === '' ? [] : list.split(', '));

/** The members of `Vary` that only one of the replies has. */
function varied({ theirs, ours }: Difference): readonly string[] {
  const [before, after] = [members(theirs), members(ours)];
  return [
    ...before.filter((name) => !after.includes(name)),
    ...after.filter((name) => !before.includes(name)),
  ];
}

const grantedByThem = ({ replies }: Difference): boolean => replies.theirs.fields.has(ALLOW_ORIGIN);
const isError = ({ replies }: Difference): boolean => replies.ours.status >= 400;
const variesOnOrigin = ({ replies }: Difference): boolean =>
  members(replies.theirs.fields.get('vary') ?? '').includes('origin');
const isRefusedByError = ({ replies }: Difference): boolean =>
  replies.ours.status === 500 && !replies.ours.handled;

/** An origin that no browser sends, mended. */
export function isDeadOrigin({ situation, what, theirs, ours, probe }: Difference): boolean {
  return (
    situation !== 'plain-options' &&
    what === ALLOW_ORIGIN &&
    (theirs === `${ours}/` || theirs.includes(',')) &&
    ours === probe.headers['origin']
  );
}

/** Plain OPTIONS that the peer answers by itself, or gives a preflight's fields. */
export const plainOptionsAreNoPreflights: Kind = {
  explains: (difference) =>
    difference.situation === 'plain-options' &&
    !isRefusedByError(difference) &&
    (!difference.replies.theirs.handled ||
      [ALLOW_METHODS, ALLOW_HEADERS, MAX_AGE].includes(difference.what)),
};

/** The peer answers as if it were allowed, or leaves it to the application. */
export const aDeniedPreflightIsAnswered403: Kind = {
  explains: ({ situation, replies }) =>
    situation === 'preflight-denied' && replies.ours.status === 403,
};

/** Fixed origins, credentials and exposed names go out to everybody. */
export const nothingIsSentToOtherOrigins: Kind = {
  explains: (difference) =>
    difference.situation === 'actual-denied' &&
    difference.probe.headers['origin'] !== 'null' &&
    !(
      difference.probe.path === PATHS.overrule &&
      difference.what === ALLOW_ORIGIN &&
      difference.theirs === '*'
    ) &&
    !isRefusedByError(difference) &&
    [ALLOW_ORIGIN, ALLOW_CREDENTIALS, EXPOSE_HEADERS].includes(difference.what) &&
    difference.theirs !== difference.probe.headers['origin'] &&
    difference.ours === '',
};

/** The same, for requests that come from no page. */
export const nothingIsSentWithoutAnOrigin: Kind = {
  explains: ({ situation, what, ours, replies }) =>
    situation === 'no-origin' &&
    !replies.ours.fields.has(ALLOW_ORIGIN) &&
    [ALLOW_ORIGIN, ALLOW_CREDENTIALS, EXPOSE_HEADERS].includes(what) &&
    ours === '',
};

/** `Access-Control-Expose-Headers` has no meaning there. */
export const preflightsExposeNothing: Kind = {
  explains: ({ situation, what, ours }) =>
    situation === 'preflight-granted' && what === EXPOSE_HEADERS && ours === '',
};

/** RFC 9110, 8.6. */
export const a204HasNoContentLength: Kind = {
  explains: ({ situation, what, replies, ours }) =>
    situation === 'preflight-granted' &&
    what === 'content-length' &&
    replies.ours.status === 204 &&
    ours === '',
};

/** The peer sends back what was asked for; ours sends the list, or `*`. */
export const requestHeadersAreNotEchoed: Kind = {
  explains: (difference) =>
    difference.situation === 'preflight-granted' &&
    ((difference.what === ALLOW_HEADERS &&
      difference.theirs ===
        (difference.probe.headers['access-control-request-headers'] ?? difference.theirs)) ||
      (difference.what === 'vary' &&
        varied(difference).includes('access-control-request-headers') &&
        !varied(difference).includes('accept'))),
};

/** The peer allows more methods than were asked of it. */
export const noMethodIsAllowedUnasked: Kind = {
  explains: ({ situation, what, theirs, ours }) =>
    situation === 'preflight-granted' &&
    what === ALLOW_METHODS &&
    theirs !== '*' &&
    members(ours).every((method) => members(theirs).includes(method)),
};

/** A handler that sets `Vary` loses the peer's `Origin`. */
export const varySurvivesTheHandler: Kind = {
  explains: ({ what, probe, ours, replies }) =>
    probe.path === PATHS.vary &&
    replies.ours.handled &&
    what === 'vary' &&
    members(ours).includes('origin'),
};

/** What a handler sets over the policy's head gives way. */
export const handlersDoNotOverruleThePolicy: Kind = {
  explains: (difference) =>
    difference.probe.path === PATHS.overrule &&
    difference.what === ALLOW_ORIGIN &&
    difference.theirs === '*' &&
    !isRefusedByError(difference),
};

/** Where the peer is not asked, or its headers are stripped, before the reply to an error is made. */
export const errorRepliesCarryTheHeaders = {
  explains: (difference: Difference) =>
    difference.situation === 'actual-granted' && isError(difference) && !grantedByThem(difference),
} satisfies Kind;

/** The reflection of any origin, without credentials. */
export const anyOriginIsAStar = {
  explains: (difference: Difference) =>
    difference.replies.ours.fields.get(ALLOW_ORIGIN) === '*' &&
    difference.situation !== 'plain-options' &&
    (difference.what === ALLOW_ORIGIN
      ? difference.theirs === (difference.probe.headers['origin'] ?? '') &&
        (variesOnOrigin(difference) || difference.probe.path === PATHS.vary)
      : difference.what === 'vary' &&
        varied(difference).join() === 'origin' &&
        members(difference.theirs).includes('origin')),
} satisfies Kind;

/** Sandboxed frames. */
export const nullIsNotGranted: Kind = {
  explains: ({ situation, probe, what, ours }) =>
    situation === 'actual-denied' &&
    probe.headers['origin'] === 'null' &&
    [ALLOW_ORIGIN, ALLOW_CREDENTIALS, EXPOSE_HEADERS].includes(what) &&
    ours === '',
};

/** A bare word, or an end that is open. */
export const regularExpressionsBecomePatterns = {
  refuses: ['origin-regexp'],
  explains: (difference: Difference) =>
    difference.situation === 'actual-denied' &&
    difference.what === ALLOW_ORIGIN &&
    difference.theirs === difference.probe.headers['origin'] &&
    difference.theirs !== 'null' &&
    !isRefusedByError(difference),
} satisfies Kind;

/** A day is the most that browsers keep it. */
export const maxAgeIsAtMostADay: Kind = {
  refuses: ['max-age-invalid'],
  explains: ({ situation, what }) => situation === 'preflight-granted' && what === MAX_AGE,
};

/** Wherever another origin, or another request, could be answered in another way. */
export const varyIsNeverLeftOut: Kind = {
  explains: (difference) =>
    difference.what === 'vary' &&
    difference.probe.path !== PATHS.vary &&
    difference.replies.theirs.status === difference.replies.ours.status &&
    difference.replies.theirs.handled === difference.replies.ours.handled &&
    varied(difference).join() === 'origin' &&
    members(difference.ours).includes('origin'),
};

/** The peer's way to deny is an error, which its users answer with 500. */
export const aDeniedOriginIsNoError: Kind = {
  explains: ({ situation, replies }) =>
    (situation === 'actual-denied' || situation === 'no-origin') &&
    replies.theirs.status === 500 &&
    replies.ours.status !== 500,
};

/** Ours takes an answer in another form for no answer: it grants nothing, and says so. */
export const predicatesReturnTrueOrFalse: Kind = {
  explains: (difference) => isRefusedByError(difference),
};
