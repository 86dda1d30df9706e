/** What every program does with a message: one scenario's server at a time. */
import type { RunningTarget, Scenario, Target } from '@cors/conformance';
import type { ControlAnswer, ControlMessage } from '../control.js';
import { decode, type Encoded } from '../javascript-values.js';

/** A program's answers, and the server that it runs. */
export interface Controller {
  /** @param text - the body of a request to the control socket. */
  readonly answer: (text: string) => Promise<ControlAnswer>;
  readonly running: () => RunningTarget | undefined;
}

/** Answers for a target. */
export function controllerOf(target: Target): Controller {
  let running: RunningTarget | undefined;
  const close = async (): Promise<void> => {
    const last = running;
    running = undefined;
    await last?.close();
  };
  const start = async (scenario: Scenario): Promise<ControlAnswer> => {
    await close();
    return refusable(async () => {
      running = await target.start(scenario);
      const { address } = running;
      return { type: 'listening', ...('port' in address && { port: address.port }) };
    });
  };
  return {
    running: () => running,
    answer: async (text) => {
      const message = decode(JSON.parse(text) as Encoded) as ControlMessage;
      switch (message.type) {
        case 'describe':
          return {
            type: 'description',
            name: target.name,
            capabilities: target.capabilities,
          };
        case 'start':
          return start(message.scenario);
        case 'reconfigure':
          return refusable(async () => {
            await running?.reconfigure?.(message.policy);
            return { type: 'done' };
          });
        case 'close':
          await close();
          return { type: 'done' };
      }
    },
  };
}

async function refusable(run: () => Promise<ControlAnswer>): Promise<ControlAnswer> {
  try {
    return await run();
  } catch (error) {
    const { message, problems } = error as { message?: unknown; problems?: unknown };
    const paths = Array.isArray(problems)
      ? problems.map((one: { path?: unknown }) => String(one.path))
      : [];
    return { type: 'refused', reason: String(message), paths };
  }
}
