/**
 * `cors why`: a line of a browser's console → what it stands for, why, and what to change.
 */
import {
  type ConsoleMessage,
  type Header,
  isCorsSafelistedRequestHeader,
  parseConsoleMessage,
  printable,
  type ProfileName,
  PROFILES,
} from '@cors/browser';

import { ownFix } from '../own-fix.js';
import { askServer } from './check.js';
import { checkJson, checkLines, exitCodeOf } from './check-report.js';
import { BLOCKED, type ExitCode } from './exit-code.js';
import { findingLines } from './finding-lines.js';
import { type Line, line, print } from './output.js';
import { checkedOrigin, headerIn } from './page-request.js';
import { UsageError } from './usage-error.js';

/** The options of `cors why`. */
export interface WhyFlags {
  readonly origin?: string | undefined;
  readonly live?: boolean | undefined;
  readonly method?: string | undefined;
  readonly header: readonly string[];
  readonly credentials?: boolean | undefined;
  readonly timeout: number;
  readonly json?: boolean | undefined;
}

/** Runs `cors why`. */
export async function why(text: string, flags: WhyFlags): Promise<ExitCode> {
  const origin = flags.origin === undefined ? null : checkedOrigin(flags.origin);
  const message = parseConsoleMessage(text, origin);
  if (message === null) {
    throw new UsageError(
      `This text is not known: ${JSON.stringify(text.trim().slice(0, 200))}.`,
      'Paste the whole line of the console of Chromium, Firefox (in English) or Safari; or ask the server itself: cors check URL --origin ORIGIN.',
    );
  }
  if (flags.live !== true) {
    print(messageLines(message), messageJson(message), flags.json === true);
    return BLOCKED;
  }
  const result = await askServer(...liveRequest(message, flags));
  const lines = [...messageLines(message), line(''), line('Now asked for once more:'), line('')];
  const json = { ...messageJson(message), live: checkJson(result) };
  print([...lines, ...checkLines(result)], json, flags.json === true);
  return exitCodeOf(result);
}

const BROWSERS: Readonly<Record<ConsoleMessage['browser'], string>> = {
  chromium: 'Chromium',
  firefox: 'Firefox',
  webkit: 'Safari',
};

function messageLines(message: ConsoleMessage): Line[] {
  const { browser, url, origin, redirectedTo, verdicts } = message;
  const asked = url === null ? '' : ` about ${printable(url)}`;
  const by = origin === null ? '' : `, asked for by a page of ${printable(origin)}`;
  const after = redirectedTo === null ? '' : `, redirected to ${printable(redirectedTo)}`;
  const head = [line(`A message of ${BROWSERS[browser]}${asked}${by}${after}.`), line('')];
  const [first, ...others] = verdicts;
  if (first === undefined) {
    return [
      ...head,
      line('It says that something failed, and not why.', 'yellow'),
      line(
        '  Scripts are never told why: look for the line about CORS in the console itself. Or ask',
      ),
      line('  the server: --live, or cors check URL --origin ORIGIN.'),
    ];
  }
  const own = ownFix(first.code, { origin, value: message.value, status: null });
  return [
    ...head,
    line(`Blocked: ${first.code}`, 'red'),
    ...findingLines(first, own),
    ...(others.length === 0
      ? []
      : [
          line(''),
          line('The same words can stand for these; --live tells which it is:'),
          ...others.flatMap(({ code, cause }) => [line(`  ${code}`), line(`    ${cause}`, 'dim')]),
        ]),
  ];
}

function messageJson(message: ConsoleMessage): object {
  const { origin, value } = message;
  const verdicts = message.verdicts.map((verdict) => ({
    ...verdict,
    ownFix: ownFix(verdict.code, { origin, value, status: null }),
  }));
  return { ...message, verdicts };
}

/** The request that the message is about, as far as it tells; and how it is played. */
function liveRequest(
  { browser, url, origin, verdicts, value }: ConsoleMessage,
  flags: WhyFlags,
): Parameters<typeof askServer> {
  if (url === null) {
    throw new UsageError(
      'The message does not name the URL, so there is nothing to ask for.',
      'Use cors check URL --origin ORIGIN.',
    );
  }
  const codes: readonly string[] = verdicts.map(({ code }) => code);
  const isOf = (pattern: RegExp): boolean => codes.some((code) => pattern.test(code));
  const isHeader = isOf(/^(?:header-not-allowed|authorization-not-listed)$/);
  const isMethod = isOf(/^method-not-allowed$/);
  // What needs a preflight, where the message does not say what did.
  const isPreflighted = codes.length > 0 && codes.every((code) => isOfPreflight(code));
  const method = flags.method ?? (isMethod ? (value ?? 'PUT') : isPreflighted ? 'PUT' : 'GET');
  const headers = flags.header.map(headerIn);
  const asked = isHeader && value !== null ? [...headers, unsafeHeader(value, browser)] : headers;
  const needsCredentials = isOf(/allow-credentials|wildcard-with-credentials/);
  const page = {
    url,
    origin: checkedOrigin(flags.origin ?? origin ?? undefined),
    method: isHeader && flags.method === undefined ? 'GET' : method,
    headers: asked,
    credentialsMode:
      flags.credentials === true || needsCredentials
        ? ('include' as const)
        : ('same-origin' as const),
  };
  const profile: ProfileName = browser;
  return [
    { page, cookie: null, leftOut: [] },
    { browser: profile, send: false, timeout: flags.timeout },
  ];
}

/** A header with a value that needs a preflight: some names need one only where their value is odd. */
function unsafeHeader(name: string, browser: ProfileName): Header {
  const values = ['a', '"', 'a'.repeat(129)];
  const isSafe = (value: string): boolean =>
    isCorsSafelistedRequestHeader(name, value, PROFILES[browser]);
  return [name, values.find((value) => !isSafe(value)) ?? 'a'];
}

function isOfPreflight(code: string): boolean {
  return /^preflight-|^invalid-allow-(?:methods|headers)$|not-allowed$|not-listed$/.test(code);
}
