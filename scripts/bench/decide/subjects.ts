/** What is called for each request: the engine, or what the language itself takes for the least of it. */
import { createCors, type LowerCaseCorsRequest } from '@cors/core';
import { exact, labels, ONE_ORIGIN, patterns, unlisted, type Workload } from './requests.js';

type Decide = (request: LowerCaseCorsRequest) => unknown;

export const WORKLOADS: Readonly<Record<string, (size: string) => Workload>> = {
  exact: (size) => exact(Number(size)),
  'exact, all in use': (size) => exact(Number(size), Number(size)),
  unlisted: (size) => unlisted(Number(size)),
  patterns: (size) => patterns(Number(size)),
  labels: (size) => labels(Number(size)),
  request: (name) => ONE_ORIGIN[name] as Workload,
};

export const SUBJECTS: Readonly<Record<string, (workload: Workload) => Decide>> = {
  /** The entry that adapters use. */
  ours: ({ options }) => {
    const cors = createCors(options as { origin: string[] });
    return (request) => cors.decideLowerCase(request);
  },
  /** The entry for names in any case. */
  'any case': ({ options }) => {
    const cors = createCors(options as { origin: string[] });
    return (request) => cors.decide(request as LowerCaseCorsRequest & { method: string });
  },
  /** A look-up in a set, and one frozen object of a decision's shape. */
  'Set.has': ({ options }) => {
    const set = new Set(options.origin as string[]);
    const headers = Object.freeze({});
    const vary = Object.freeze(['Origin']);
    return ({ headers: { origin } }) =>
      Object.freeze({
        kind: 'actual',
        allowed: set.has(origin as string),
        reason: 'origin-allowed',
        headers,
        vary,
        respond: null,
        error: null,
      });
  },
  /** One absent header, and a constant. */
  'absent header': () => {
    const constant = Object.freeze({});
    return ({ headers: { origin } }) => (origin === undefined ? constant : null);
  },
};
