/**
 * What a person pastes: a call of `fetch()`, a cURL line, or a message of a browser's console.
 */
import { type ConsoleMessage, parseConsoleMessage } from '@cors/browser';
import { parseCurl, parseFetchCall, type Pasted, type PastedRequest } from '@cors/cli';

import { fieldsOf, type RequestFields } from './page-request.js';

/** What it is. */
export type PastedText =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown'; readonly problem: string }
  | { readonly kind: 'request'; readonly fields: Partial<RequestFields> }
  | {
      readonly kind: 'message';
      readonly message: ConsoleMessage;
      readonly fields: Partial<RequestFields>;
    };

/** Reads what was pasted. */
export function readPasted(text: string): PastedText {
  if (text.trim() === '') return { kind: 'nothing' };
  const message = parseConsoleMessage(text);
  if (message !== null) {
    const { origin, url } = message;
    const fields = { ...(origin !== null && { origin }), ...(url !== null && { url }) };
    return { kind: 'message', message, fields };
  }
  if (/\bfetch\s*\(/.test(text)) return requestOf(parseFetchCall(text));
  if (/^\s*curl\b/.test(text)) return requestOf(parseCurl(text));
  return {
    kind: 'unknown',
    problem:
      'This is no call of fetch(), no cURL command, and no message about CORS that is known. Copy one in the ' +
      'developer tools of your browser.',
  };
}

function requestOf(pasted: Pasted): PastedText {
  if (!pasted.ok) return { kind: 'unknown', problem: `${pasted.problem} ${pasted.fix}` };
  return { kind: 'request', fields: fieldsOf(withOrigin(pasted.request)) };
}

function withOrigin({ origin, ...request }: PastedRequest): Parameters<typeof fieldsOf>[0] {
  return { ...request, ...(origin !== null && { origin }) };
}
