/**
 * `hono/cors` on Hono 4 and `@hono/node-server`, configured as its documentation says: a list of
 * origins, or a function where there are patterns or a predicate. Where policies are chosen by request,
 * a middleware chooses among ready-made ones.
 */
import { openLogBook, scenarioOptions, type ScenarioPolicy, type Target } from '@cors/conformance';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { addApplication } from '../../../hono/test/hono-application.js';
import { listenHttp1 } from '../../test/targets/listening.js';
import { nodeCapabilities } from '../javascript/capabilities.js';
import { installed } from '../javascript/installed.js';
import { withoutStringAnswers } from '../javascript/not-expressible.js';
import { allowOptions } from '../javascript/options-beside-origin.js';
import { originMatcher } from '../javascript/origin-regexp.js';
import { optionsInForce } from '../javascript/scenario-setup.js';

type Log = ReturnType<typeof openLogBook>;
type Options = NonNullable<Parameters<typeof cors>[0]>;

const target: Target = {
  name: `hono/cors ${installed('hono').split(' ')[1]} on ${installed('@hono/node-server')}`,
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
    const inForce = optionsInForce(scenario, (policy) => cors(corsOptions(policy, log)));
    const app = new Hono<{ Bindings: Partial<HttpBindings> }>();
    if (inForce.kind === 'applied') {
      for (const middleware of inForce.options) app.use('*', middleware);
    } else {
      const choose: MiddlewareHandler = async (context, next) => {
        const middleware = await inForce.choose(context.req.path);
        return middleware === false ? next() : middleware(context, next);
      };
      app.use('*', choose);
    }
    const policyNames = inForce.kind === 'chosen' ? inForce.policyNames : [];
    addApplication(app, { log, policyNames, isOnNode: true });
    const listener = getRequestListener(app.fetch);
    return listenHttp1(scenario, (request, response) => void listener(request, response));
  },
};

export default target;

function corsOptions(policy: ScenarioPolicy, log: Log): Options {
  return { origin: originOption(policy, log), ...allowOptions(policy) };
}

function originOption(policy: ScenarioPolicy, log: Log): NonNullable<Options['origin']> {
  withoutStringAnswers(policy);
  const { origin } = scenarioOptions(policy, log);
  if (origin === '*') return '*';
  if (typeof origin !== 'function' && !origin.some((one) => one.includes('*'))) return [...origin];
  const isAllowed = typeof origin === 'function' ? origin : originMatcher(origin);
  return async (asked) => (asked !== '' && (await isAllowed(asked)) ? asked : null);
}
