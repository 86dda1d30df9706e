/**
 * A check as lines for people, and as data for machines.
 */
import { printable, type ProfileName, type Transcript } from '@cors/browser';

import type { Check } from '../check-request.js';
import { hiddenHeaders } from '../hidden-headers.js';
import { type NeededOptions, neededOptions } from '../needed-options.js';
import { sourceOf } from '../options-source.js';
import { ownFix } from '../own-fix.js';
import { exchangeLines } from './exchange-lines.js';
import { ALLOWED, BLOCKED, type ExitCode, UNREACHABLE, USAGE } from './exit-code.js';
import { findingLines } from './finding-lines.js';
import { type Line, line } from './output.js';

const BROWSERS: Readonly<Record<ProfileName, string>> = {
  standard: 'a browser to the letter of the standard',
  chromium: 'Chromium',
  firefox: 'Firefox',
  webkit: 'Safari',
};

/** The exit code of a check. */
export function exitCodeOf({ outcome }: Check): ExitCode {
  switch (outcome) {
    case 'allowed':
    case 'preflight-allowed':
      return ALLOWED;
    case 'blocked':
      return BLOCKED;
    case 'unreachable':
      return UNREACHABLE;
    case 'not-sent':
      return USAGE;
  }
}

/** What to change with our engine; null where no option helps. */
function ownFixOf({ transcript, finding }: Check): string | null {
  if (finding === null) return null;
  const { failure, hops, request } = transcript;
  const sent = hops.at(-1)?.request?.headers.find(([name]) => name === 'Origin')?.[1];
  return ownFix(finding.code, {
    origin: sent ?? request.origin,
    value: failedValue(failure?.failure ?? null),
    status: hops.at(-1)?.preflight?.response?.status ?? null,
  });
}

/** All that the request needs of our engine; null where no option helps. */
function neededOptionsOf(check: Check): NeededOptions | null {
  return ownFixOf(check) === null ? null : neededOptions(check.transcript);
}

/** The options in full, where more than the one that the verdict names may be missing. */
function neededLines(check: Check): Line[] {
  const needed = neededOptionsOf(check);
  if (needed === null) return [];
  const [first = '', ...others] = `cors(${sourceOf(needed)})`.split('\n');
  return [
    line(`  In full    ${printable(first)}`),
    ...others.map((each) => line(`             ${printable(each)}`)),
  ];
}

type Failure = NonNullable<Transcript['failure']>['failure'];

function failedValue(failure: Failure | null): string | null {
  switch (failure?.reason) {
    case 'method-not-allowed':
      return failure.method;
    case 'authorization-not-listed':
    case 'header-not-allowed':
      return failure.headerName;
    default:
      return null;
  }
}

/** A check, for people. */
export function checkLines(check: Check): Line[] {
  const { transcript } = check;
  const { request, profile, hops } = transcript;
  const { method = 'GET', url, origin, credentialsMode } = request;
  const credentials = credentialsMode === 'include' ? ', with credentials' : '';
  return [
    line(
      `A page of ${printable(origin)} asks for ${printable(method)} ${printable(url)}${credentials}, in ${BROWSERS[profile]}.`,
    ),
    line(''),
    ...exchangeLines(hopsSent(check, hops)),
    ...conclusionLines(check),
  ];
}

/** What was not sent is no request without a response: it is told below. */
function hopsSent({ notSent }: Check, hops: Transcript['hops']): Transcript['hops'] {
  return notSent === null
    ? hops
    : hops.map((hop) => (hop.response === null ? { ...hop, request: null } : hop));
}

function conclusionLines(check: Check): Line[] {
  const { outcome, finding, notSent, transcript } = check;
  const what = notSent === null ? '' : `${notSent.method} ${printable(notSent.url)}`;
  switch (outcome) {
    case 'preflight-allowed':
      return [
        line('Allowed, as far as was asked: the browser would send the request.', 'green'),
        line(`  Not sent   ${what}, since it may change something. To send it: --send`),
      ];
    case 'not-sent':
      return [
        line(
          'Not judged: the browser asks nothing before this request, so nothing was sent.',
          'yellow',
        ),
        line(`  Not sent   ${what}, since it may change something. To send it: --send`),
        ...(notSent?.headers ?? []).map(([name, value]) =>
          line(`             ${name}: ${printable(value)}`),
        ),
      ];
    default: {
      const isGood = outcome === 'allowed';
      const headline = isGood ? 'Allowed' : outcome === 'blocked' ? 'Blocked' : 'No response';
      return [
        line(`${headline}: ${finding?.code ?? ''}`, isGood ? 'green' : 'red'),
        ...(finding === null ? [] : findingLines(finding, ownFixOf(check), neededLines(check))),
        ...(isGood ? goodLines(transcript) : []),
      ];
    }
  }
}

function goodLines(transcript: Transcript): Line[] {
  const hidden = hiddenHeaders(transcript);
  const status = transcript.page?.status ?? 0;
  return [
    ...(status >= 400
      ? [line(`  But        the server answers with status ${status}: that is no matter of CORS.`)]
      : []),
    ...(hidden.length === 0
      ? []
      : [
          line(
            `  Hidden     The page cannot read ${hidden.map(printable).join(', ')}. List what it needs in Access-Control-Expose-Headers; with @cors, in \`exposedHeaders\`.`,
          ),
        ]),
    ...transcript.verdict.advice.flatMap(({ code, cause, fix }) => [
      line(`  Advice     ${cause} ${fix} (${code})`, 'yellow'),
    ]),
  ];
}

/** A check, for machines. */
export function checkJson(check: Check): object {
  const { outcome, finding, notSent, transcript } = check;
  const { request, profile, hops, page, verdict } = transcript;
  return {
    outcome,
    exitCode: exitCodeOf(check),
    browser: profile,
    request,
    code: finding?.code ?? null,
    cause: finding?.cause ?? null,
    fix: finding?.fix ?? null,
    ownFix: ownFixOf(check),
    neededOptions: neededOptionsOf(check),
    clause: finding?.clause ?? null,
    chromium: verdict.chromium,
    firefox: verdict.firefox,
    advice: verdict.advice,
    hiddenHeaders: hiddenHeaders(transcript),
    notSent,
    hops: hopsSent(check, hops),
    page,
  };
}
