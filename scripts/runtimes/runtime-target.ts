/** A program in its runtime, as a target of the suite. */
import { HarnessError, type Target } from '@cors/conformance';
import type { ControlAnswer, ControlMessage } from './control.js';
import type { RunningProgram } from './running-program.js';

/** Asks the program what it is, and makes a target of it. */
export async function runtimeTarget({ ports, ask }: RunningProgram): Promise<Target> {
  const answerTo = async <Type extends ControlAnswer['type']>(
    message: ControlMessage,
    type: Type,
  ): Promise<Extract<ControlAnswer, { type: Type }>> => {
    const answer = await ask(message);
    if (answer.type === type) return answer as Extract<ControlAnswer, { type: Type }>;
    if (answer.type === 'refused') throw refusal(answer);
    throw new HarnessError(`The program answered ${message.type} with ${answer.type}`, 'target');
  };
  const { name, capabilities } = await answerTo({ type: 'describe' }, 'description');
  return {
    name,
    capabilities,
    start: async (scenario) => {
      const { port = ports.main } = await answerTo({ type: 'start', scenario }, 'listening');
      if (port === undefined) throw new HarnessError('The program named no port', 'target');
      return {
        address: { protocol: 'http/1.1', host: '127.0.0.1', port },
        reconfigure: async (policy) => {
          await answerTo({ type: 'reconfigure', policy }, 'done');
        },
        close: async () => {
          await answerTo({ type: 'close' }, 'done');
        },
      };
    },
  };
}

/** As the suite knows it from a library in its own process. */
function refusal({ reason, paths }: Extract<ControlAnswer, { type: 'refused' }>): Error {
  return Object.assign(new Error(reason), { problems: paths.map((path) => ({ path })) });
}
