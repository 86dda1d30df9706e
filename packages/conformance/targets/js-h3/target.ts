/**
 * `handleCors` of h3 2, in a middleware as its documentation shows it: origins as strings and regular
 * expressions, or a function where the scenario has a predicate. It is given its options on each request,
 * so that policies are chosen by choosing among them.
 */
import { openLogBook, scenarioOptions, type ScenarioPolicy, type Target } from '@cors/conformance';
import * as h3 from 'h3';
import { addApplication } from '../../../h3/test/h3-application.js';
import { listenHttp1 } from '../../test/targets/listening.js';
import { nodeCapabilities } from '../javascript/capabilities.js';
import { installed } from '../javascript/installed.js';
import { atLeastOneHeader } from '../javascript/list-of.js';
import { withoutAsynchronousAnswers, withoutOptions } from '../javascript/not-expressible.js';
import { originTests } from '../javascript/origin-regexp.js';
import { optionsInForce } from '../javascript/scenario-setup.js';

type Log = ReturnType<typeof openLogBook>;

const target: Target = {
  name: `${installed('h3')} handleCors`,
  capabilities: [
    ...nodeCapabilities,
    'response-objects',
    'malformed-paths',
    'flush-headers',
    'early-hints',
    'chosen-policies',
    'stacked-policies',
  ],
  start: async (scenario) => {
    const log = openLogBook();
    const inForce = optionsInForce(scenario, (policy) => corsOptions(policy, log));
    // Without `allowMalformedURL`, h3 refuses paths that cannot be decoded before any middleware.
    const app = new h3.H3({ silent: true, allowMalformedURL: true });
    const use = (optionsOf: (event: h3.H3Event) => Promise<h3.CorsOptions | false>): void => {
      app.use(async (event, next) => {
        const options = await optionsOf(event);
        const reply = options === false ? false : h3.handleCors(event, options);
        return reply === false ? next() : reply;
      });
    };
    if (inForce.kind === 'applied') {
      for (const options of inForce.options) use(() => Promise.resolve(options));
    } else {
      use(({ url }) => inForce.choose(url.pathname));
    }
    const policyNames = inForce.kind === 'chosen' ? inForce.policyNames : [];
    addApplication(app, h3, { log, policyNames, hasEarlyHints: true });
    const serve = h3.toNodeHandler(app);
    return listenHttp1(scenario, (request, response) => void serve(request, response));
  },
};

export default target;

function corsOptions(policy: ScenarioPolicy, log: Log): h3.CorsOptions {
  withoutOptions(policy, 'preflightContinue');
  const { credentials = false, methods = [], exposedHeaders = [] } = policy;
  const { maxAge, optionsSuccessStatus: statusCode } = policy;
  return {
    origin: originOption(policy, log),
    credentials,
    methods: methods === '*' ? methods : [...methods],
    allowHeaders: policy.allowedHeaders === '*' ? '*' : atLeastOneHeader(policy),
    exposeHeaders: exposedHeaders === '*' ? exposedHeaders : [...exposedHeaders],
    ...(maxAge !== undefined && { maxAge: String(maxAge) }),
    ...(statusCode !== undefined && { preflight: { statusCode } }),
  };
}

function originOption(policy: ScenarioPolicy, log: Log): NonNullable<h3.CorsOptions['origin']> {
  withoutAsynchronousAnswers(policy);
  const { origin } = scenarioOptions(policy, log);
  if (origin === '*') return '*';
  if (typeof origin !== 'function') return originTests(origin);
  return (asked) => origin(asked) as boolean;
}
