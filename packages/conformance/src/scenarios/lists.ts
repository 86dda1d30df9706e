/**
 * Scenarios of origins that are listed.
 */
import type { Scenario, ScenarioPolicy } from '../scenario.js';

/** Room for request heads of a megabyte and more. */
const LARGE_HEAD = 4 * 1024 * 1024;

/** An exact origin, subdomains, and any port, with credentials and short lists: the common case. */
export const listed: ScenarioPolicy = {
  origin: ['https://a.example', 'https://*.b.example', 'http://localhost:*'],
  credentials: true,
  methods: ['GET', 'PUT'],
  allowedHeaders: ['x-a'],
};

/** `*` beside credentials is a literal to browsers: what it means must be spelt out for each request. */
const echo: ScenarioPolicy = {
  origin: ['https://a.example', 'https://c.example'],
  credentials: true,
  methods: '*',
  allowedHeaders: '*',
};

/** For servers that know the star for request headers only. */
const echoHeaders: ScenarioPolicy = { ...echo, methods: ['PUT'] };

/** Scenarios with a list of origins. */
export const listScenarios: readonly Scenario[] = [
  {
    id: 'listed',
    description: 'An exact origin, any subdomain and any port, with credentials, PUT and x-a.',
    setup: { kind: 'policy', policy: listed },
  },
  {
    id: 'listed-large-head',
    description: 'The policy of `listed` on a server that accepts request heads of megabytes.',
    setup: { kind: 'policy', policy: listed },
    maxHeaderSize: LARGE_HEAD,
  },
  {
    id: 'listed-with-options',
    description: 'The policy of `listed`, with OPTIONS as one more method that pages may use.',
    setup: { kind: 'policy', policy: { ...listed, methods: ['GET', 'PUT', 'OPTIONS'] } },
  },
  {
    id: 'listed-continue',
    description: 'The policy of `listed`, with granted preflights going on to the application.',
    setup: { kind: 'policy', policy: { ...listed, preflightContinue: true } },
  },
  {
    id: 'listed-status-200',
    description: 'The policy of `listed`, with granted preflights answered 200.',
    setup: { kind: 'policy', policy: { ...listed, optionsSuccessStatus: 200 } },
  },
  {
    id: 'hook-throws',
    description: 'The policy of `listed`, with a hook for decisions that throws.',
    setup: { kind: 'policy', policy: listed },
    onDecision: 'throws',
  },
  {
    id: 'hook-rejects',
    description: 'The policy of `listed`, with a hook for decisions that rejects.',
    setup: { kind: 'policy', policy: listed },
    onDecision: 'rejects',
  },
  {
    id: 'single',
    description: 'One exact origin without credentials, with PUT and x-a, not to be cached.',
    setup: {
      kind: 'policy',
      policy: {
        origin: ['https://a.example'],
        methods: ['PUT'],
        allowedHeaders: ['x-a'],
        maxAge: 0,
      },
    },
  },
  {
    id: 'exposed',
    description: 'Two exact origins with credentials, two exposed names, cached ten minutes.',
    setup: {
      kind: 'policy',
      policy: {
        origin: ['https://a.example', 'https://c.example'],
        credentials: true,
        methods: ['PUT', 'PATCH'],
        allowedHeaders: ['Content-Type', 'X-A'],
        exposedHeaders: ['X-One', 'X-Two'],
        maxAge: 600,
      },
    },
  },
  {
    id: 'echo',
    description: 'Two exact origins with credentials and every method and request header.',
    setup: { kind: 'policy', policy: echo },
  },
  {
    id: 'echo-large-head',
    description: 'The policy of `echo` on a server that accepts request heads of megabytes.',
    setup: { kind: 'policy', policy: echo },
    maxHeaderSize: LARGE_HEAD,
  },
  {
    id: 'echo-headers',
    description: 'Two exact origins with credentials, PUT and every request header.',
    setup: { kind: 'policy', policy: echoHeaders },
  },
  {
    id: 'echo-headers-large-head',
    description:
      'The policy of `echo-headers` on a server that accepts request heads of megabytes.',
    setup: { kind: 'policy', policy: echoHeaders },
    maxHeaderSize: LARGE_HEAD,
  },
  {
    id: 'several',
    description: 'Exact origins of several names, one with a port, with credentials.',
    setup: {
      kind: 'policy',
      policy: {
        origin: ['https://foo.com', 'https://bar.com', 'https://ported.example:8443'],
        credentials: true,
      },
    },
  },
  {
    id: 'patterns',
    description: 'Subdomains, on the default port or another, and any port, with credentials.',
    setup: {
      kind: 'policy',
      policy: {
        origin: [
          'https://*.sub.example',
          'https://*.sub-ported.example:8443',
          'https://any-port.example:*',
          'http://127.0.0.1:*',
        ],
        credentials: true,
      },
    },
  },
  {
    id: 'subdomains-on-any-port',
    description: 'Subdomains on any port, with credentials.',
    setup: {
      kind: 'policy',
      policy: { origin: ['https://*.both.example:*'], credentials: true },
    },
  },
  {
    id: 'local-subdomains',
    description: 'Subdomains of localhost on any port, with credentials.',
    setup: { kind: 'policy', policy: { origin: ['http://*.localhost:*'], credentials: true } },
  },
  {
    id: 'addresses',
    description: 'Addresses of IPv4 and IPv6, with credentials.',
    setup: {
      kind: 'policy',
      policy: {
        origin: ['http://127.0.0.1:8080', 'http://[::1]:*', 'https://[2001:db8::1]'],
        credentials: true,
      },
    },
  },
  {
    id: 'unusual-names',
    description: 'Names with an underscore, a trailing dot or punycode, with credentials.',
    setup: {
      kind: 'policy',
      policy: {
        origin: [
          'https://*.sub.example',
          'https://dotted.example.',
          'https://under_score.example',
          'https://xn--bcher-kva.example',
        ],
        credentials: true,
      },
    },
  },
  {
    id: 'custom-schemes',
    description: 'Origins of webviews and extensions.',
    setup: {
      kind: 'policy',
      policy: {
        origin: [
          'capacitor://localhost',
          'tauri://localhost',
          'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
        ],
      },
    },
  },
  {
    id: 'null-allowed',
    description: 'The origin `null` and an exact one, without credentials.',
    setup: {
      kind: 'policy',
      policy: { origin: ['null', 'https://a.example'], dangerouslyAllowNullOrigin: true },
    },
  },
];
