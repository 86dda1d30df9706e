/**
 * What the demo plays, and what every answer must be.
 */
import { getHeaderValue } from '@cors/browser';
import type { PageFetch, Played } from './browser.js';

/** What the reply to one request must be: status, and exactly these CORS fields. */
export interface Expected {
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;
  readonly passed: boolean;
  readonly code: string;
}

/** A page's fetch, and what must come of it. */
export interface Scene {
  readonly title: string;
  readonly fetch: PageFetch;
  readonly expected: readonly Expected[];
}

const APP = 'https://app.example.com';
const GRANT = { 'Access-Control-Allow-Origin': APP, 'Access-Control-Allow-Credentials': 'true' };
const LISTS = {
  'Access-Control-Allow-Methods': 'PUT',
  'Access-Control-Allow-Headers': 'Content-Type',
  'Access-Control-Max-Age': '600',
};
const EXPOSED = { 'Access-Control-Expose-Headers': 'ETag' };
const path = '/notes/1';

/** The demo. */
export const SCENES: readonly Scene[] = [
  {
    title: `A PUT with a JSON body and cookies, from a page of ${APP}`,
    fetch: {
      origin: APP,
      method: 'PUT',
      path,
      headers: [['Content-Type', 'application/json']],
      body: '{"text":"hello"}',
    },
    expected: [
      { status: 204, fields: { ...GRANT, ...LISTS }, passed: true, code: 'origin-allowed' },
      { status: 200, fields: { ...GRANT, ...EXPOSED }, passed: true, code: 'origin-allowed' },
    ],
  },
  {
    title: 'A GET with cookies, from a page of https://evil.example',
    fetch: { origin: 'https://evil.example', method: 'GET', path, headers: [] },
    expected: [{ status: 200, fields: {}, passed: false, code: 'origin-not-allowed' }],
  },
  {
    title: `A DELETE, which the policy lacks, from a page of ${APP}`,
    fetch: { origin: APP, method: 'DELETE', path, headers: [] },
    expected: [
      { status: 204, fields: { ...GRANT, ...LISTS }, passed: false, code: 'method-not-allowed' },
    ],
  },
];

/** What is not as it must be; empty when all is. */
export function mismatches(
  { response, passed }: Played,
  code: string,
  expected: Expected,
): string[] {
  const found: string[] = [];
  const mustBe = (what: string, wanted: unknown, got: unknown): void => {
    if (wanted !== got) found.push(`${what} must be ${String(wanted)}, and is ${String(got)}`);
  };
  mustBe('the status', expected.status, response.status);
  mustBe('what the browser allows', expected.passed, passed);
  mustBe('the explanation', expected.code, code);
  mustBe('Vary', 'Origin', getHeaderValue('Vary', response.headers));
  // Some frameworks send names in lower case: they mean the same.
  const sorted = (names: readonly string[]): string =>
    names
      .map((name) => name.toLowerCase())
      .sort()
      .join(', ');
  const names = response.headers
    .map(([name]) => name)
    .filter((name) => /^access-control-/i.test(name));
  mustBe('the CORS fields', sorted(Object.keys(expected.fields)), sorted(names));
  for (const [name, value] of Object.entries(expected.fields)) {
    mustBe(name, value, getHeaderValue(name, response.headers));
  }
  return found;
}
