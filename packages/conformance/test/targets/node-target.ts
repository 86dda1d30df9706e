import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { cors } from '@cors/node';

import {
  nodeApplication,
  nodeErrorHandler,
  openLogBook,
  type RunningTarget,
  runNodeHandler,
  type Scenario,
} from '../../src/index.js';
import { noteWarningsOf } from './note-warnings.js';
import { adapterSetup } from './setup.js';

export type NodeRequest = IncomingMessage | Http2ServerRequest;
export type NodeResponse = ServerResponse | Http2ServerResponse;

/** What a deliberately broken target puts in the place of the real thing. */
export interface NodeTargetParts {
  readonly setup?: typeof adapterSetup;
  readonly application?: typeof nodeApplication;
}

/** The test application behind `@cors/node`, as Connect would mount it. */
export function nodeListener(
  scenario: Scenario,
  { setup = adapterSetup, application: makeApplication = nodeApplication }: NodeTargetParts = {},
): {
  readonly listener: (request: NodeRequest, response: NodeResponse) => void;
  readonly reconfigure: RunningTarget['reconfigure'];
} {
  const log = openLogBook();
  const { adapters, policyNames, reconfigure } = setup<NodeRequest>(
    scenario,
    log,
    (request) => request.url ?? '',
  );
  const middlewares = adapters.map((options) => cors<NodeRequest>(options));
  const application = makeApplication({ log, policyNames });
  const run = (request: NodeRequest, response: NodeResponse, index: number): void => {
    const middleware = middlewares[index];
    if (middleware === undefined) {
      runNodeHandler(application, request, response);
      return;
    }
    void middleware(request, response, (error) => {
      if (error === undefined) run(request, response, index + 1);
      else nodeErrorHandler(error, response);
    });
  };
  return {
    listener: (request, response) => noteWarningsOf(log, () => run(request, response, 0)),
    reconfigure,
  };
}
