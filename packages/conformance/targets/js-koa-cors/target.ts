/**
 * `@koa/cors` on Koa 3, configured as its README says. It has no lists of origins: its users write a
 * function. Where policies are chosen by request, a middleware chooses among ready-made ones.
 */
import {
  NotExpressibleError,
  openLogBook,
  scenarioOptions,
  type ScenarioPolicy,
  type Target,
} from '@cors/conformance';
import cors, { type Options } from '@koa/cors';
import Koa from 'koa';
import { koaApplication } from '../../../koa/test/koa-application.js';
import { listenerOf } from '../../../koa/test/versions.js';
import { listenHttp1 } from '../../test/targets/listening.js';
import { installed } from '../javascript/installed.js';
import { atLeastOneHeader, listOf } from '../javascript/list-of.js';
import {
  rawOptionsWithoutPatterns,
  withoutEveryMethod,
  withoutOptions,
  withoutStringAnswers,
} from '../javascript/not-expressible.js';
import { originMatcher } from '../javascript/origin-regexp.js';
import { renamedOptions } from '../javascript/renamed-options.js';
import { optionsInForce } from '../javascript/scenario-setup.js';

type Log = ReturnType<typeof openLogBook>;

const target: Target = {
  name: `${installed('@koa/cors')} on ${installed('koa')}`,
  capabilities: [
    'raw-bytes',
    'http1',
    'write-head',
    'response-objects',
    'error-handling',
    'malformed-paths',
    'streams',
    'flush-headers',
    'early-hints',
    'upgrade',
    'predicates',
    'chosen-policies',
    'stacked-policies',
    'refuses-options',
    'javascript-values',
  ],
  start: async (scenario) => {
    const log = openLogBook();
    const inForce = optionsInForce(
      scenario,
      (policy) => cors(corsOptions(policy, log)),
      (options) => cors(rawOptions(options)),
    );
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
  withoutOptions(policy, 'preflightContinue', 'optionsSuccessStatus');
  withoutEveryMethod(policy, 'allowMethods');
  const { credentials = false, exposedHeaders, maxAge } = policy;
  return {
    origin: originOption(policy, log),
    credentials,
    allowMethods: listOf(policy.methods),
    ...((policy.allowedHeaders !== '*' || !credentials) && {
      allowHeaders: atLeastOneHeader(policy),
    }),
    ...(exposedHeaders !== undefined && { exposeHeaders: listOf(exposedHeaders) }),
    ...(maxAge !== undefined && { maxAge }),
  };
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

function rawOptions(options: unknown): Options {
  const { origin } = options as { readonly origin?: unknown };
  if (Array.isArray(origin)) {
    throw new NotExpressibleError('origin: it takes a string or a function, and no list.');
  }
  return renamedOptions(rawOptionsWithoutPatterns(options)) as Options;
}
