import { describe, expect, it } from 'vitest';

import { EXAMPLES, START } from '../../docs/.vitepress/playground/examples.js';
import {
  frameworkCode,
  type FrameworkName,
  FRAMEWORKS,
} from '../../docs/.vitepress/playground/framework-code.js';
import { playHandshake } from '../../docs/.vitepress/playground/handshake.js';
import { messagesOf } from '../../docs/.vitepress/playground/messages.js';
import { fieldsOf, pageRequestOf } from '../../docs/.vitepress/playground/page-request.js';
import { readPasted } from '../../docs/.vitepress/playground/pasted.js';
import { readPolicy } from '../../docs/.vitepress/playground/policy-text.js';
import { prosePartsOf } from '../../docs/.vitepress/playground/prose.js';
import { decodeState, encodeState } from '../../docs/.vitepress/playground/share.js';

describe('a policy as text', () => {
  it.each([
    ["{ origin: '*' }", { origin: '*' }],
    [
      "{ origin: ['https://a.example', `https://b.example`], maxAge: 600, }",
      { origin: ['https://a.example', 'https://b.example'], maxAge: 600 },
    ],
    [
      "{ 'credentials': true, methods: undefined } // why",
      { credentials: true, methods: undefined },
    ],
    ['{ origin: /a/i }', { origin: /a/i }],
  ])('%s', (text, options) => {
    expect(readPolicy(text)).toEqual({ ok: true, options });
  });

  it.each([
    '',
    '{',
    '{ origin: }',
    '{ origin: () => true }',
    '{ origin: process.env.X }',
    "alert('a')",
  ])('is not read: %j', (text) => {
    expect(readPolicy(text)).toEqual({ ok: false, problem: expect.stringMatching(/./) as string });
  });
});

describe('the examples', () => {
  it.each([
    ['A PUT with cookies that works', 'allowed', 'allowed', 'allowed', 'allowed'],
    ['A JSON POST whose Content-Type is not listed', ...four('header-not-allowed')],
    ['PATCH, written in lower case by the page', ...four('method-not-allowed')],
    ['Any origin, and a page that sends cookies', ...four('wildcard-with-credentials')],
    ['Any origin with credentials: refused at start-up', 'refused: origin-any-with-credentials'],
    ['The page is at another port', ...four('missing-allow-origin')],
    ['Any subdomain, but not the domain itself', ...four('missing-allow-origin')],
    [
      'Authorization under *: browsers and the standard differ',
      'allowed',
      'allowed',
      'allowed',
      'authorization-not-listed',
    ],
    ['A sandboxed frame, whose origin is null', ...four('missing-allow-origin')],
    [
      'Options with six mistakes',
      'refused: option-unknown option-not-boolean origin-path method-not-a-token method-case max-age-invalid',
    ],
  ])('%s: %s', (title, ...outcome) => {
    const state = EXAMPLES.find((one) => one.title === title)!.state;
    expect(outcomeOf(state)).toEqual(outcome);
  });

  it('are ten, with titles of their own', () => {
    expect(new Set(EXAMPLES.map(({ title }) => title)).size).toBe(10);
  });
});

function four(code: string): readonly string[] {
  return [code, code, code, code];
}

function outcomeOf(state: typeof START): readonly string[] {
  const handshake = playHandshake(state.policy, pageRequestOf(state));
  if (handshake.kind === 'unreadable') return [handshake.problem];
  if (handshake.kind === 'refused') {
    return [`refused: ${handshake.problems.map(({ code }) => code).join(' ')}`];
  }
  const { chromium, firefox, webkit, standard } = handshake.transcripts;
  return [chromium, firefox, webkit, standard].map(({ verdict }) => verdict.code);
}

describe('messages', () => {
  it('are in order, with what mattered marked', () => {
    const { state } = EXAMPLES[1]!;
    const handshake = playHandshake(state.policy, pageRequestOf(state));
    if (handshake.kind !== 'played') throw new Error(handshake.kind);
    const messages = messagesOf(handshake.transcripts.chromium);
    expect(
      messages.map(({ from, isPreflight, start, missing }) => [from, isPreflight, start, missing]),
    ).toEqual([
      ['page', true, 'OPTIONS /notes', null],
      ['server', true, '204', 'Access-Control-Allow-Headers'],
    ]);
    const marks = messages.flatMap(({ lines }) => lines).map(({ name, mark }) => [name, mark]);
    expect(marks).toContainEqual(['Origin', 'matters']);
    expect(marks).toContainEqual(['Accept', null]);
  });

  it('mark what is wrong', () => {
    const { state } = EXAMPLES[3]!;
    const handshake = playHandshake(state.policy, pageRequestOf(state));
    if (handshake.kind !== 'played') throw new Error(handshake.kind);
    const lines = messagesOf(handshake.transcripts.firefox).flatMap((message) => message.lines);
    expect(lines.filter(({ mark }) => mark === 'wrong').map(({ name }) => name)).toEqual([
      'Access-Control-Allow-Origin',
    ]);
  });
});

describe('a state in an address', () => {
  it('comes back', () => {
    const state = {
      ...START,
      policy: "{ origin: 'https://bücher.example' } // ☃",
      credentials: false,
    };
    expect(encodeState(state)).toMatch(/^[\w-]+$/);
    expect(decodeState(encodeState(state), START)).toEqual(state);
  });

  it.each([
    '',
    '%',
    'bnVsbA',
    btoa('[1]'),
    btoa('{"policy":1,"origin":"https://a.example","other":1}'),
  ])('is harmless: %j', (text) => {
    const { origin, ...rest } = decodeState(text, START);
    expect([START.origin, 'https://a.example']).toContain(origin);
    expect(rest).toEqual(expect.objectContaining({ policy: START.policy, method: START.method }));
  });
});

describe('what is pasted', () => {
  it.each([
    ['  ', 'nothing'],
    ['It does not work', 'unknown'],
    ["fetch(url, { method: 'PUT' })", 'unknown'],
    ["await fetch('https://api.example.com/', { method: 'PUT' })", 'request'],
    ["curl 'https://api.example.com/' -X PUT", 'request'],
    [
      "Access to fetch at 'https://api.example.com/' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
      'message',
    ],
  ])('%s: %s', (text, kind) => {
    expect(readPasted(text).kind).toBe(kind);
  });

  it('fills in the form', () => {
    const pasted = readPasted(
      "curl 'https://api.example.com/a' -X PUT -H 'Origin: https://app.example.com' -H 'X-A: 1'",
    );
    expect(pasted).toEqual({
      kind: 'request',
      fields: {
        origin: 'https://app.example.com',
        url: 'https://api.example.com/a',
        method: 'PUT',
        headers: 'X-A: 1',
        credentials: false,
      },
    });
  });
});

describe('the form', () => {
  it('is a request, and back', () => {
    const { origin, url, method, headers, credentials } = START;
    expect(fieldsOf(pageRequestOf(START))).toEqual({ origin, url, method, headers, credentials });
  });

  it('takes no line that is no header', () => {
    const { headers } = pageRequestOf({ ...START, headers: 'X-A: 1\n\nno header\n: 2\nX-B:3' });
    expect(headers).toEqual([
      ['X-A', '1'],
      ['X-B', '3'],
    ]);
  });
});

describe('the code', () => {
  it.each(Object.keys(FRAMEWORKS) as FrameworkName[])('for %s holds the policy', (framework) => {
    expect(frameworkCode(framework, START.policy)).toContain(START.policy);
    expect(frameworkCode(framework, START.policy)).toContain(`@cors/${framework}`);
  });
});

it('tells code in sentences', () => {
  expect(prosePartsOf('Add `a` to `b`.')).toEqual([
    { text: 'Add ', isCode: false },
    { text: 'a', isCode: true },
    { text: ' to ', isCode: false },
    { text: 'b', isCode: true },
    { text: '.', isCode: false },
  ]);
});
