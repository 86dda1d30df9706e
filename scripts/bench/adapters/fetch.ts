/** A web-standard handler, alone or behind ours. No package is published for it that could be a peer. */
import { cors } from '@cors/fetch';
import { HELLO, type MakeApplication } from './application.js';

export const application: MakeApplication = (kind, scenario, reply) => {
  const handler: (request: Request, bindings?: object) => Response = () => new Response(HELLO);
  if (kind === 'ours') {
    return { platform: 'web', serve: cors(scenario.ours as { origin: '*' })(handler) };
  }
  if (kind !== 'floor') return { platform: 'web', serve: handler };
  const { headers, status } = reply;
  return {
    platform: 'web',
    serve: (request) => {
      const response = status === null ? handler(request) : new Response(null, { status });
      for (const [name, value] of headers) response.headers.set(name, value);
      return response;
    },
  };
};
