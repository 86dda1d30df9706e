/**
 * `@koa/cors` on Koa 3, configured as its README says. It has no lists of origins: its users write a
 * function. Where policies are chosen by request, a middleware chooses among ready-made ones.
 */
import { openLogBook, scenarioOptions, type ScenarioPolicy, type Target } from '@cors/conformance';
import cors, { type Options } from '@koa/cors';
import Koa from 'koa';
import { koaApplication } from '../../../koa/test/koa-application.js';
import { listenerOf } from '../../../koa/test/versions.js';
import { listenHttp1 } from '../../test/targets/listening.js';
import { nodeCapabilities } from '../javascript/capabilities.js';
import { installed } from '../javascript/installed.js';
import { withoutStringAnswers } from '../javascript/not-expressible.js';
import { allowOptions } from '../javascript/options-beside-origin.js';
import { originMatcher } from '../javascript/origin-regexp.js';
import { optionsInForce } from '../javascript/scenario-setup.js';

type Log = ReturnType<typeof openLogBook>;

const target: Target = {
  name: `${installed('@koa/cors')} on ${installed('koa')}`,
  capabilities: [
    ...nodeCapabilities,
    'write-head',
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
    const app = new Koa();
    app.silent = true;
    if (inForce.kind === 'applied') {
      for (const middleware of inForce.options) app.use(middleware);
    } else {
      app.use(async (context, next) => {
        const middleware = await inForce.choose(context.url);
        await (middleware === false ? next() : middleware(context, next));
      });
    }
    const policyNames = inForce.kind === 'chosen' ? inForce.policyNames : [];
    app.use(koaApplication({ log, policyNames }, true));
    return listenHttp1(scenario, listenerOf(app));
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
  const isAllowed = typeof origin === 'function' ? origin : originMatcher(origin);
  return async (context) => {
    const asked = context.get('Origin');
    return asked !== '' && (await isAllowed(asked)) ? asked : '';
  };
}
