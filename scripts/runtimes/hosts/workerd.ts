/**
 * Programs of workerd: one worker with two sockets, and so two entry points that share its memory. The
 * configuration opens the sockets.
 */
import type { Target } from '@cors/conformance';
import { controllerOf } from './controller.js';
import { socketCapabilities } from './on-sockets.js';

interface EntryPoint {
  readonly fetch: (request: Request) => Promise<Response>;
}

/** The exports of the worker's module. */
export function entryPoints(inMemory: Target): {
  readonly main: EntryPoint;
  readonly control: EntryPoint;
} {
  const { answer, running } = controllerOf({
    ...inMemory,
    capabilities: [...inMemory.capabilities, ...socketCapabilities],
  });
  return {
    main: {
      fetch: async (request) => {
        const address = running()?.address;
        if (address?.protocol === 'memory') return address.fetch(request);
        return new Response('no scenario is served', { status: 503 });
      },
    },
    control: {
      fetch: async (request) => Response.json(await answer(await request.text())),
    },
  };
}
