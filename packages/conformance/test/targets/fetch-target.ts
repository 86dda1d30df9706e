import { cors } from '@cors/fetch';

import {
  fetchApplication,
  fetchErrorHandler,
  openLogBook,
  type RunningTarget,
  type Scenario,
} from '../../src/index.js';
import { noteWarningsOf } from './note-warnings.js';
import { adapterSetup } from './setup.js';

/** What a deliberately broken target puts in the place of the real thing. */
export interface FetchTargetParts {
  readonly setup?: typeof adapterSetup;
  readonly application?: typeof fetchApplication;
}

/** The test application wrapped in `@cors/fetch`. */
export function fetchTarget(
  scenario: Scenario,
  { setup = adapterSetup, application = fetchApplication }: FetchTargetParts = {},
): {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly reconfigure: RunningTarget['reconfigure'];
} {
  const log = openLogBook();
  const { adapters, policyNames, reconfigure } = setup<Request>(scenario, log, (request) => {
    const { pathname, search } = new URL(request.url);
    return pathname + search;
  });
  const fetch = adapters.reduceRight<(request: Request) => Response | Promise<Response>>(
    (handler, options) => {
      // A scenario is data: its types say nothing about the values.
      const withCors = cors({ ...(options as { origin: string }), onError: fetchErrorHandler });
      return withCors(handler);
    },
    application({ log, policyNames }),
  );
  return { fetch: (request) => noteWarningsOf(log, async () => fetch(request)), reconfigure };
}
