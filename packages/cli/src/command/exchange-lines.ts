/**
 * An exchange as lines: each request with what the browser sends, the part of the reply that CORS looks at,
 * and the checks in their order.
 */
import {
  type Check as BrowserCheck,
  type FetchResponse,
  getHeaderValue,
  type Hop,
  type PreflightCause,
  printable,
  type SentRequest,
} from '@cors/browser';

import { type Line, line } from './output.js';

/** What each check is about. */
const CHECKS: Readonly<Record<BrowserCheck['name'], string>> = {
  'cors-check': 'Access-Control-Allow-Origin and -Credentials let the page’s origin read it',
  redirect: 'no redirect',
  status: 'a status from 200 to 299',
  'allow-methods': 'Access-Control-Allow-Methods is a list of names',
  'allow-headers': 'Access-Control-Allow-Headers is a list of names',
  method: 'the method is allowed',
  headers: 'the request headers are allowed',
};

/** Of a response, what decides, and what tells who answered. */
const SHOWN = /^(?:access-control-.*|vary|location|allow|server|via)$/i;

/** All that went over the wire, or would have. */
export function exchangeLines(hops: readonly Hop[]): Line[] {
  return hops.flatMap(({ preflight, request, response, checks }) => [
    ...(preflight === null
      ? []
      : [
          line(`The browser asks first, because of ${causesText(preflight.causes)}.`, 'dim'),
          ...requestLines(preflight.request),
          ...responseLines(preflight.response),
          ...checkLines(preflight.checks),
          line(''),
        ]),
    ...(request === null
      ? []
      : [...requestLines(request), ...responseLines(response), ...checkLines(checks), line('')]),
  ]);
}

function causesText(causes: readonly PreflightCause[]): string {
  return causes
    .map((cause) => {
      switch (cause.because) {
        case 'use-cors-preflight-flag':
          return 'a stream or an upload listener';
        case 'method':
          return `the method ${cause.method}`;
        case 'header':
          return `${cause.name}: ${cause.values.map(printable).join(', ')}`;
        case 'header-values-too-long':
          return `the length of ${cause.name}`;
      }
    })
    .join(' and ');
}

function requestLines(request: SentRequest | null): Line[] {
  if (request === null) return [];
  const { method, url, headers, withCredentials } = request;
  return [
    line(`> ${method} ${printable(url)}`, 'bold'),
    ...headers.map(([name, value]) => line(`> ${name}: ${printable(shortened(value))}`)),
    ...(withCredentials ? [line('> (with cookies, where there are any)', 'dim')] : []),
  ];
}

function responseLines(response: FetchResponse | null): Line[] {
  if (response === null) return [line('< (no response)', 'red')];
  const shown = response.headers.filter(([name]) => SHOWN.test(name));
  const others = response.headers.length - shown.length;
  const isCors = getHeaderValue('Access-Control-Allow-Origin', response.headers) !== null;
  return [
    line(`< ${response.status}`, 'bold'),
    ...shown.map(([name, value]) => line(`< ${printable(name)}: ${printable(shortened(value))}`)),
    ...(isCors ? [] : [line('< (no Access-Control-Allow-Origin)', 'yellow')]),
    ...(others === 0 ? [] : [line(`< (${others} more ${others === 1 ? 'line' : 'lines'})`, 'dim')]),
  ];
}

function checkLines(checks: readonly BrowserCheck[]): Line[] {
  return checks.map(({ name, ok }) =>
    ok ? line(`  ok      ${CHECKS[name]}`, 'green') : line(`  FAILED  ${CHECKS[name]}`, 'red'),
  );
}

const MAX_LENGTH = 300;

function shortened(value: string): string {
  return value.length > MAX_LENGTH ? `${value.slice(0, MAX_LENGTH)}…` : value;
}
