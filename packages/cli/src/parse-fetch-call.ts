/**
 * A call of `fetch()`, as the developer tools of browsers copy it or as it stands in a page's script, → the
 * request that it makes. The text is read and never run.
 *
 * @see https://fetch.spec.whatwg.org/#fetch-method
 */
import type { Header, HeaderList, PageRequestBody } from '@cors/browser';
import { type AnyNode, type CallExpression, parseExpressionAt } from 'acorn';

import {
  entriesOf,
  isLiteralObject,
  isUnknown,
  type Literal,
  literalValue,
} from './literal-value.js';
import { originOf, type Pasted, sortHeaders } from './pasted-request.js';

const failure = (problem: string, fix: string): Pasted => ({ ok: false, problem, fix });

/**
 * Reads a call of `fetch()`.
 *
 * @param text - The call, also with `await`, or with more of the script around it.
 *
 * @example
 * ```ts
 * import { parseFetchCall } from '@cors/cli';
 *
 * const pasted = parseFetchCall("await fetch('https://api.example.com/notes', { method: 'PUT' })");
 * if (pasted.ok) console.log(pasted.request.method, pasted.request.url);
 * // PUT https://api.example.com/notes
 * ```
 */
export function parseFetchCall(text: string): Pasted {
  const start = /\bfetch\s*\(/.exec(text)?.index;
  if (start === undefined) {
    return failure('The text has no call of fetch().', "Paste it as fetch('https://…', { … }).");
  }
  const call = callAt(text, start);
  if (typeof call === 'string') {
    return failure(
      `The call cannot be read: ${call}.`,
      'Paste the whole call, up to its last bracket.',
    );
  }
  const [address, init] = call.arguments.map((each) => literalValue(each, text));
  if (typeof address !== 'string') {
    return failure(
      'The URL is not written out in the call.',
      "Put the URL itself there, as fetch('https://api.example.com/notes').",
    );
  }
  if (init !== undefined && !isLiteralObject(init)) {
    return failure(
      'The options of the call are not written out in it.',
      'Put the options themselves there, as { method: … }.',
    );
  }
  const entries: Init = new Map(init?.entries ?? []);
  const hidden = [...(init?.hidden ?? []), ...hiddenIn(entries)];
  if (hidden.length > 0) {
    return failure(
      `Not everything that counts is written out in the call: ${hidden.join(', ')}.`,
      "Put the values themselves there, as { method: 'PUT', headers: { 'X-A': '1' } }.",
    );
  }
  return { ok: true, request: requestOf(address, entries) };
}

/** The call of `fetch` that begins there, or why there is none. */
function callAt(text: string, start: number): CallExpression | string {
  try {
    const whole = parseExpressionAt(text, start, { ecmaVersion: 'latest' });
    return innermostCall(whole) ?? 'there is no call of fetch() in it';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** `fetch(…)` of `fetch(…).then(…).catch(…)`. */
function innermostCall(node: AnyNode): CallExpression | null {
  if (node.type === 'MemberExpression') return innermostCall(node.object);
  if (node.type !== 'CallExpression') return null;
  return node.callee.type === 'Identifier' ? node : innermostCall(node.callee);
}

type Init = ReadonlyMap<string, Literal>;

/** Which of the options that decide have values that only a run would tell, as they are written. */
function hiddenIn(init: Init): readonly string[] {
  const texts = ['method', 'mode', 'credentials', 'redirect'].filter((name) => {
    const value = init.get(name);
    return isUnknown(value) || (typeof value === 'string' && value.includes('${'));
  });
  const { hidden } = entriesOf(init.get('headers'));
  return [...texts, ...hidden.map((source) => `headers (${source})`)];
}

function requestOf(url: string, init: Init): Extract<Pasted, { ok: true }>['request'] {
  const text = (name: string): string | undefined => {
    const value = init.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const { headers, leftOut, cookie, origin } = sortHeaders(headersOf(init.get('headers')));
  return {
    url,
    method: text('method') ?? 'GET',
    headers,
    mode: oneOf(text('mode'), ['cors', 'no-cors', 'same-origin']),
    credentialsMode: oneOf(text('credentials'), ['omit', 'same-origin', 'include']),
    redirectMode: oneOf(text('redirect'), ['follow', 'error', 'manual']),
    body: bodyOf(init.get('body')),
    origin: origin ?? originOf(text('referrer') ?? null),
    cookie,
    leftOut,
  };
}

/** One of the values that there are; what else stands there, no browser takes. */
function oneOf<Value extends string>(
  text: string | undefined,
  values: readonly Value[],
): Value | undefined {
  return values.find((value) => value === text);
}

function headersOf(value: Literal): HeaderList {
  return entriesOf(value).entries.map(([name, each]): Header => [name, textOf(each)]);
}

// A value rarely matters to CORS: what is not written out is taken as it stands.
function textOf(value: Literal): string {
  if (isUnknown(value)) return value.source;
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

const FORM = 'application/x-www-form-urlencoded;charset=UTF-8';

function bodyOf(value: Literal): PageRequestBody | null {
  if (value === undefined || value === null) return null;
  if (!isLiteralObject(value)) return { content: textOf(value) };
  switch (value.made) {
    case 'URLSearchParams': {
      const fields = value.entries.map(([name, each]): [string, string] => [name, textOf(each)]);
      return { content: new URLSearchParams(fields).toString(), contentType: FORM };
    }
    case 'FormData':
      return { content: '--cors--\r\n', contentType: 'multipart/form-data; boundary=cors' };
    case 'ReadableStream':
      return { content: '', isStream: true };
    case 'Blob':
      return { content: '', contentType: null };
    default:
      // `fetch()` turns any other object into this text.
      return { content: '[object Object]' };
  }
}
