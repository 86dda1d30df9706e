/**
 * A transcript → the messages between page and server, in order, with the headers that mattered marked.
 */
import type { FetchResponse, SentRequest, Transcript, VerdictCode } from '@cors/browser';

/** A header line, and what part it had. */
interface MarkedLine {
  readonly name: string;
  readonly value: string;
  readonly mark: 'wrong' | 'matters' | null;
}

/** One message. */
export interface Message {
  readonly from: 'page' | 'server';
  readonly isPreflight: boolean;
  /** The request's or the status line. */
  readonly start: string;
  readonly lines: readonly MarkedLine[];
  /** What is missing and would have been needed: a field's name. */
  readonly missing: string | null;
}

const MATTERS = /^(?:origin|vary|access-control-.+)$/i;

/** The field that a failure is about. */
const AT_FAULT: readonly (readonly [code: RegExp, field: string])[] = [
  [/allow-credentials/, 'Access-Control-Allow-Credentials'],
  [/allow-origin|wildcard-with-credentials/, 'Access-Control-Allow-Origin'],
  [/method/, 'Access-Control-Allow-Methods'],
  [/header|authorization/, 'Access-Control-Allow-Headers'],
];

/** The messages of a fetch. */
export function messagesOf({ hops, failure, verdict }: Transcript): readonly Message[] {
  const fault = failure === null ? null : faultOf(verdict.code);
  return hops.flatMap(({ preflight, request, response }, index) => {
    const isLast = index === hops.length - 1;
    const isInPreflight = isLast && failure !== null && failure.stage === 'preflight';
    return [
      ...pair(preflight?.request, preflight?.response, true, isInPreflight ? fault : null),
      ...pair(request, response, false, isLast && !isInPreflight ? fault : null),
    ];
  });
}

function faultOf(code: VerdictCode): string | null {
  return AT_FAULT.find(([pattern]) => pattern.test(code))?.[1] ?? null;
}

function pair(
  request: SentRequest | null | undefined,
  response: FetchResponse | null | undefined,
  isPreflight: boolean,
  fault: string | null,
): readonly Message[] {
  const messages: Message[] = [];
  if (request) {
    const { pathname, search } = new URL(request.url);
    messages.push({
      from: 'page',
      isPreflight,
      start: `${request.method} ${pathname}${search}`,
      lines: marked(request.headers, null),
      missing: null,
    });
  }
  if (response) {
    const isThere = response.headers.some(([name]) => isSameName(name, fault));
    messages.push({
      from: 'server',
      isPreflight,
      start: String(response.status),
      lines: marked(response.headers, fault),
      missing: fault !== null && !isThere ? fault : null,
    });
  }
  return messages;
}

function marked(headers: FetchResponse['headers'], fault: string | null): readonly MarkedLine[] {
  return headers.map(([name, value]) => {
    const isWrong = isSameName(name, fault);
    return { name, value, mark: isWrong ? 'wrong' : MATTERS.test(name) ? 'matters' : null };
  });
}

function isSameName(name: string, field: string | null): boolean {
  return name.toLowerCase() === field?.toLowerCase();
}
