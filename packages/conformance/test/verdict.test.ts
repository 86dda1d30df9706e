import { describe, expect, it } from 'vitest';

import type { ExpectedVerdict, WireRequest, WireResponse } from '../src/index.js';
import { verdictProblems } from '../src/verdict.js';

type Lines = WireResponse['headers'];

const page = 'https://a.example';

function actual(...lines: Lines): WireRequest {
  return { method: 'GET', path: '/', headers: [['Origin', page], ...lines] };
}

function preflight(method: string, names?: string): WireRequest {
  const request = actual(['Access-Control-Request-Method', method]);
  const asked = names === undefined ? [] : [['Access-Control-Request-Headers', names] as const];
  return { ...request, method: 'OPTIONS', headers: [...request.headers, ...asked] };
}

function reply(headers: Lines, status = 200): WireResponse {
  return { status, headers, body: '', interim: [] };
}

const granted: Lines = [['Access-Control-Allow-Origin', page]];
const credentialed: Lines = [...granted, ['Access-Control-Allow-Credentials', 'true']];
const star: Lines = [['Access-Control-Allow-Origin', '*']];

describe('verdict', () => {
  it.each<[string, WireRequest, WireResponse, ExpectedVerdict['admits']]>([
    ['no field', actual(), reply([]), 'nobody'],
    ['the origin', actual(), reply(granted), 'anonymous'],
    ['the origin and credentials', actual(), reply(credentialed), 'credentialed'],
    ['any status', actual(), reply(credentialed, 500), 'credentialed'],
    ['a star', actual(), reply(star), 'anonymous'],
    [
      'a star and credentials',
      actual(),
      reply([...star, ['Access-Control-Allow-Credentials', 'true']]),
      'anonymous',
    ],
    [
      'credentials in another case',
      actual(),
      reply([...granted, ['Access-Control-Allow-Credentials', 'True']]),
      'anonymous',
    ],
    ['another origin', actual(), reply([['Access-Control-Allow-Origin', `${page}/`]]), 'nobody'],
    ['the origin twice', actual(), reply([...granted, ...granted]), 'nobody'],
    [
      'white space around',
      actual(),
      reply([['access-control-allow-origin', ` ${page}\t`]]),
      'anonymous',
    ],
    ['a safelisted method', preflight('POST'), reply(credentialed), 'credentialed'],
    ['an unlisted method', preflight('PUT'), reply(credentialed), 'nobody'],
    [
      'a listed method',
      preflight('PUT'),
      reply([...credentialed, ['Access-Control-Allow-Methods', 'GET , PUT']]),
      'credentialed',
    ],
    [
      'a method in another case',
      preflight('PUT'),
      reply([...credentialed, ['Access-Control-Allow-Methods', 'put']]),
      'nobody',
    ],
    [
      'a starred method',
      preflight('PUT'),
      reply([...credentialed, ['Access-Control-Allow-Methods', '*']]),
      'anonymous',
    ],
    [
      'a malformed list',
      preflight('GET'),
      reply([...credentialed, ['Access-Control-Allow-Methods', 'GET PUT']]),
      'nobody',
    ],
    [
      'listed headers in another case',
      preflight('GET', 'x-a, x-b'),
      reply([...credentialed, ['Access-Control-Allow-Headers', 'X-A,X-B']]),
      'credentialed',
    ],
    [
      'one header too few',
      preflight('GET', 'x-a,x-b'),
      reply([...credentialed, ['Access-Control-Allow-Headers', 'x-a']]),
      'nobody',
    ],
    [
      'a starred header',
      preflight('GET', 'x-a'),
      reply([...star, ['Access-Control-Allow-Headers', '*']]),
      'anonymous',
    ],
    [
      'authorization under a star',
      preflight('GET', 'authorization'),
      reply([...star, ['Access-Control-Allow-Headers', '*']]),
      'nobody',
    ],
    [
      'authorization beside a star',
      preflight('GET', 'authorization'),
      reply([...star, ['Access-Control-Allow-Headers', '*,Authorization']]),
      'anonymous',
    ],
    ['a redirected preflight', preflight('GET'), reply(credentialed, 302), 'nobody'],
    ['a 206', preflight('GET'), reply(credentialed, 206), 'credentialed'],
  ])('admits by %s', (_, request, response, admits) => {
    const all = ['credentialed', 'anonymous', 'nobody'] as const;
    for (const expected of all) {
      const problems = verdictProblems(request, response, { admits: expected });
      expect(problems.length, expected).toBe(expected === admits ? 0 : 1);
    }
  });

  it('takes a grant for one of two Origin lines, or for both joined, as a grant', () => {
    const request = actual(['Origin', 'https://b.example']);
    for (const origin of [page, 'https://b.example', `${page}, https://b.example`]) {
      const response = reply([['Access-Control-Allow-Origin', origin]]);
      expect(verdictProblems(request, response, { admits: 'nobody' })).toHaveLength(1);
    }
  });

  it('knows the names that a page can read', () => {
    const exposing = (headers: Lines, value: string): WireResponse =>
      reply([...headers, ['X-One', '1'], ['Access-Control-Expose-Headers', value]]);
    const hides = (response: WireResponse, ...names: string[]): number =>
      verdictProblems(actual(), response, { hides: names }).length;
    expect(hides(exposing(credentialed, 'X-One, x-two'), 'x-one', 'X-Two', 'X-Three')).toBe(2);
    expect(hides(exposing(star, '*'), 'X-One')).toBe(1);
    expect(hides(exposing(credentialed, '*'), 'X-One')).toBe(0);
    expect(hides(exposing(star, '*, Set-Cookie'), 'Set-Cookie')).toBe(0);
    expect(hides(exposing(star, 'X-One, not a token'), 'X-One')).toBe(0);
    expect(hides(exposing([], 'X-One'), 'X-One')).toBe(0);
    const problems = verdictProblems(actual(), exposing(granted, 'X-One'), {
      exposes: ['X-One', 'X-Two'],
    });
    expect(problems).toEqual(['a page should be able to read X-Two, but cannot']);
  });

  it.each([
    [[], 5],
    [['600'], 600],
    [['0'], 0],
    [['-1'], 5],
    [['600', '600'], 5],
    [['1.5'], 5],
  ] as const)('keeps a preflight with the lines %j for %i s', (lines, seconds) => {
    const response = reply(lines.map((value) => ['Access-Control-Max-Age', value] as const));
    expect(verdictProblems(preflight('GET'), response, { keeps: seconds })).toEqual([]);
    expect(verdictProblems(preflight('GET'), response, { keeps: seconds + 1 })).toHaveLength(1);
  });
});
