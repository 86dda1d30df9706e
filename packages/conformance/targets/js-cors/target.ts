/**
 * The package `cors` on Express 5, configured as its README says: origins as strings and regular
 * expressions, the asynchronous function where the scenario has a predicate, and the function of
 * options where policies are chosen by request.
 */
import { openLogBook, scenarioOptions, type ScenarioPolicy, type Target } from '@cors/conformance';
import cors, { type CorsOptions } from 'cors';
import express, { type Request } from 'express';
import { application } from '../../../express/test/application.js';
import { listenHttp1 } from '../../test/targets/listening.js';
import { nodeCapabilities } from '../javascript/capabilities.js';
import { installed } from '../javascript/installed.js';
import { withoutStringAnswers } from '../javascript/not-expressible.js';
import { allowedOptions } from '../javascript/options-beside-origin.js';
import { originTests } from '../javascript/origin-regexp.js';
import { optionsInForce } from '../javascript/scenario-setup.js';

type Log = ReturnType<typeof openLogBook>;
/** What the callback is given. */
type StaticOrigin = undefined | boolean | string | (string | RegExp)[];

const target: Target = {
  name: `${installed('cors')} on ${installed('express')}`,
  capabilities: [
    ...nodeCapabilities,
    'write-head',
    'malformed-paths',
    'flush-headers',
    'early-hints',
    'chosen-policies',
    'stacked-policies',
  ],
  start: async (scenario) => {
    const log = openLogBook();
    const inForce = optionsInForce(scenario, (policy) => corsOptions(policy, log));
    const app = express();
    // Express's own error handler then keeps its errors to itself.
    app.set('env', 'test');
    app.enable('case sensitive routing');
    const routes = application({ express, catchesRejections: true }, log);
    if (inForce.kind === 'applied') {
      for (const options of inForce.options) app.use(cors(options));
    } else {
      const { choose, policyNames } = inForce;
      app.use(
        cors((request: Request, callback) => {
          choose(request.url).then(
            (options) => callback(null, options === false ? { origin: false } : options),
            (error: unknown) => callback(error as Error),
          );
        }),
      );
      for (const name of policyNames) app.use(`/${name}`, routes);
    }
    app.use(routes);
    return listenHttp1(scenario, app);
  },
};

export default target;

function corsOptions(policy: ScenarioPolicy, log: Log): CorsOptions {
  return { origin: originOption(policy, log), ...allowedOptions(policy) };
}

function originOption(policy: ScenarioPolicy, log: Log): CorsOptions['origin'] {
  withoutStringAnswers(policy);
  const { origin } = scenarioOptions(policy, log);
  if (origin === '*') return '*';
  if (typeof origin !== 'function') return originTests(origin);
  return (asked, callback) => {
    // As in the README: the function gives the origins, so that a denied reply varies by Origin too.
    if (asked === undefined) {
      callback(null, []);
      return;
    }
    // What is neither yes nor no goes on as it is: a scenario breaks the type on purpose.
    const origins = (answer: unknown): StaticOrigin =>
      typeof answer === 'boolean' ? [asked].filter(() => answer) : (answer as StaticOrigin);
    Promise.resolve(origin(asked)).then(
      (answer) => callback(null, origins(answer)),
      (error: unknown) => callback(error as Error),
    );
  };
}
