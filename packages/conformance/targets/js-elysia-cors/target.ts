/**
 * `@elysiajs/cors` on Elysia, configured as its documentation says: origins as strings and regular
 * expressions, or a function of the request. Elysia is served as a web-standard handler, on Node.
 */
import {
  NotExpressibleError,
  openLogBook,
  scenarioOptions,
  type ScenarioPolicy,
  type Target,
} from '@cors/conformance';
import { cors } from '@elysiajs/cors';
import { getRequestListener } from '@hono/node-server';
import { Elysia } from 'elysia';
import { listenHttp1 } from '../../test/targets/listening.js';
import { nodeCapabilities } from '../javascript/capabilities.js';
import { installed } from '../javascript/installed.js';
import { listOf } from '../javascript/list-of.js';
import { withoutAsynchronousAnswers, withoutOptions } from '../javascript/not-expressible.js';
import { originTests } from '../javascript/origin-regexp.js';
import { optionsInForce } from '../javascript/scenario-setup.js';
import { elysiaApplication } from './application.js';

type Options = NonNullable<Parameters<typeof cors>[0]>;

const target: Target = {
  name: `${installed('@elysiajs/cors')} on ${installed('elysia')}`,
  // No `chosen-policies`: the plugin's options are those of the whole application.
  capabilities: [
    ...nodeCapabilities,
    'response-objects',
    'malformed-paths',
    'flush-headers',
    'stacked-policies',
  ],
  start: async (scenario) => {
    const inForce = optionsInForce(scenario, corsOptions);
    if (inForce.kind === 'chosen') {
      throw new NotExpressibleError('There is no option that chooses the others by request.');
    }
    const app = new Elysia();
    for (const options of inForce.options) app.use(cors(options));
    app.use(elysiaApplication());
    const listener = getRequestListener(app.fetch);
    return listenHttp1(scenario, (request, response) => void listener(request, response));
  },
};

export default target;

function corsOptions(policy: ScenarioPolicy): Options {
  withoutOptions(policy, 'optionsSuccessStatus');
  const { credentials = false, methods, allowedHeaders, exposedHeaders = [] } = policy;
  return {
    origin: originOption(policy),
    credentials,
    methods: listOption(methods, credentials),
    allowedHeaders: listOption(allowedHeaders, credentials),
    exposeHeaders: listOf(exposedHeaders),
    // It has a default, which 0 turns off.
    maxAge: policy.maxAge ?? 0,
    preflight: policy.preflightContinue !== true,
  };
}

/** Beside credentials, `true` stands for what is asked for: what a star means there. */
function listOption(list: '*' | readonly string[] = [], credentials: boolean): true | string[] {
  return list === '*' && credentials ? true : listOf(list);
}

function originOption(policy: ScenarioPolicy): NonNullable<Options['origin']> {
  withoutAsynchronousAnswers(policy);
  const { origin } = scenarioOptions(policy, openLogBook());
  if (origin === '*') return '*';
  if (typeof origin !== 'function') return originTests(origin);
  return ({ headers }) => {
    const asked = headers.get('Origin');
    return asked !== null && (origin(asked) as boolean);
  };
}
