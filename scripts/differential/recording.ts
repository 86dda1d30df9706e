/**
 * Recordings: what a browser did in a run, kept so that the model can be held against it where there is
 * no browser. The exchanges are not kept: seed and vectors give them again.
 *
 * To record anew, as after a change of the exchanges or with a newer browser, one command:
 *
 *     pnpm test:browser --seed 5 --count 500 --record scripts/test/recorded
 */
import { getHeaderValue, type Header } from '@cors/browser';

import type { BrowserName } from '../browsers/find-browser.js';
import { CORS_HEADERS } from './compare.js';
import type { Exchange, Step } from './exchange.js';
import { generateExchanges } from './generate.js';
import { HANDWRITTEN } from './handwritten.js';
import type { ChromiumCorsError, Observation, ObservedRequest, Outcome } from './observation.js';
import { isSameResource } from './predict.js';
import { vectorExchanges } from './vectors/vector-exchanges.js';

/** A run of one browser. */
export interface Recording {
  readonly browser: BrowserName;
  readonly version: string;
  readonly seed: number;
  readonly count: number;
  /** By the exchange's id and the step's position. */
  readonly steps: Readonly<Record<string, RecordedStep>>;
}

/** Of an observation what the comparison looks at; absent is what most have, or nobody asks for. */
export interface RecordedStep {
  readonly requests?: readonly RecordedRequest[];
  /** `readable` when absent. */
  readonly outcome?: Outcome;
  /** 200 when absent. */
  readonly status?: number;
  readonly visible?: readonly string[];
  /** `cors` when absent. */
  readonly type?: string | null;
  readonly chromium?: ChromiumCorsError | null;
  /** The message, without the URL. */
  readonly firefox?: string | null;
}

/** A request: what decides about it, and which of the headers that a script may set it has. */
interface RecordedRequest {
  readonly method: string;
  /** The step's own when absent. */
  readonly url?: string;
  readonly origin?: string;
  /** `Access-Control-Request-Method`: so it is a preflight. */
  readonly asksMethod?: string;
  /** `Access-Control-Request-Headers`. */
  readonly asksHeaders?: string;
  /** Those that must only be there. */
  readonly names?: readonly string[];
}

/** What a run of this seed plays. */
export function exchangesOf({ seed, count }: Pick<Recording, 'seed' | 'count'>): Exchange[] {
  return [...HANDWRITTEN, ...vectorExchanges().exchanges, ...generateExchanges(seed, count)];
}

/** Keeps of a step what the comparison looks at. */
export function record({ request }: Step, observed: Observation): RecordedStep {
  const { outcome, status, visibleHeaderNames, responseType, chromium, firefox } = observed;
  // A browser's own headers are noise, unless a script could have set them.
  const mayBeSet = new Set(
    [
      ...(request.headers ?? []).map(([name]) => name.toLowerCase()),
      'authorization',
      'content-type',
    ].filter((name) => !CORS_HEADERS.some((compared) => compared.toLowerCase() === name)),
  );
  const requests = observed.requests.map((sent) => recordRequest(sent, request.url, mayBeSet));
  const sent = requests.length === 0 ? {} : { requests };
  // What the browsers report is compared where they block, the response where there is one.
  if (outcome === 'blocked') {
    return {
      ...sent,
      outcome,
      ...(chromium === undefined ? {} : { chromium }),
      ...(firefox === undefined ? {} : { firefox: blockedMessage(firefox) }),
    };
  }
  return {
    ...sent,
    ...(outcome === 'readable' ? {} : { outcome }),
    ...(status === null || status === 200 ? {} : { status }),
    ...(visibleHeaderNames.length === 0 ? {} : { visible: visibleHeaderNames }),
    ...(responseType === 'cors' || outcome === 'type-error' ? {} : { type: responseType }),
  };
}

function blockedMessage(messages: readonly string[]): string | null {
  const message = messages.find((text) => text.includes('Request Blocked'));
  return message?.replace(/^.*?Request Blocked.*?(?=\(Reason: )/s, 'Request Blocked: ') ?? null;
}

function recordRequest(
  { method, url, headers }: ObservedRequest,
  stepUrl: string,
  mayBeSet: ReadonlySet<string>,
): RecordedRequest {
  const origin = getHeaderValue('Origin', headers);
  const asksMethod = getHeaderValue('Access-Control-Request-Method', headers);
  const asksHeaders = getHeaderValue('Access-Control-Request-Headers', headers);
  // Browsers add an Accept of their own, which the model has of preflights only.
  const looked = asksMethod === null ? mayBeSet : new Set(['accept', ...mayBeSet]);
  const names = [...looked].filter((name) => getHeaderValue(name, headers) !== null);
  return {
    method,
    ...(isSameResource(url, stepUrl) ? {} : { url }),
    ...(origin === null ? {} : { origin }),
    ...(asksMethod === null ? {} : { asksMethod }),
    ...(asksHeaders === null ? {} : { asksHeaders }),
    ...(names.length === 0 ? {} : { names }),
  };
}

/** The observation that a step was recorded of, as far as the comparison looks at it. */
export function replay(
  { request }: Step,
  { requests = [], outcome = 'readable', ...recorded }: RecordedStep,
): Omit<Observation, 'id' | 'step'> {
  const { status = 200, visible = [], type = 'cors', chromium, firefox } = recorded;
  return {
    requests: requests.map((sent) => replayRequest(sent, request.url)),
    outcome,
    status,
    visibleHeaderNames: visible,
    responseType: type,
    redirected: null,
    ...(chromium === undefined ? {} : { chromium }),
    ...(firefox === undefined ? {} : { firefox: firefox === null ? [] : [firefox] }),
  };
}

function replayRequest(
  { method, url, origin, asksMethod, asksHeaders, names = [] }: RecordedRequest,
  stepUrl: string,
): ObservedRequest {
  const headers: Header[] = names.map((name) => [name, '']);
  if (origin !== undefined) headers.push(['Origin', origin]);
  if (asksMethod !== undefined) headers.push(['Access-Control-Request-Method', asksMethod]);
  if (asksHeaders !== undefined) headers.push(['Access-Control-Request-Headers', asksHeaders]);
  const isPreflight = asksMethod !== undefined;
  return { method, url: url ?? stepUrl, isPreflight, headers, bodyLength: 0 };
}

/** A line for each step, so that a change of one shows as one. */
export function stringifyRecording({ steps, ...run }: Recording): string {
  const head = JSON.stringify(run, null, 2).slice(0, -2);
  const lines = Object.entries(steps).map(
    ([key, step]) => `    ${JSON.stringify(key)}: ${JSON.stringify(step)}`,
  );
  return `${head},\n  "steps": {\n${lines.join(',\n')}\n  }\n}\n`;
}
