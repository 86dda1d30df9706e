/**
 * A policy that is replaced while requests are under way: none of them may see a bit of both.
 */
import type { Audit, AuditContext, WireResponse } from '../audit.js';
import type { ScenarioPolicy } from '../scenario.js';
import { cwe, fetchStandard } from './clauses.js';
import { admitsNobody, grants } from './expectations.js';
import { reconfigure, turn } from './reconfigure.js';
import { allowedOrigin, deniedOrigin, get, otherAllowedOrigin, preflight } from './requests.js';

/** Two policies that grant the same preflight, each with credentials and a time of its own. */
const common = { origin: [allowedOrigin], methods: ['PUT'], allowedHeaders: ['x-a'] };
const firstOfCommon: ScenarioPolicy = { ...common, credentials: true, maxAge: 1 };
const secondOfCommon: ScenarioPolicy = { ...common, maxAge: 2 };

/** Two policies for the same page that differ in everything else. */
const first: ScenarioPolicy = {
  origin: [allowedOrigin],
  credentials: true,
  methods: ['PUT'],
  allowedHeaders: ['x-first'],
  maxAge: 1,
};
const second: ScenarioPolicy = {
  origin: [allowedOrigin, otherAllowedOrigin],
  methods: ['PATCH', 'DELETE'],
  allowedHeaders: ['x-second'],
  maxAge: 2,
};

const CLIENTS = 10;
const REQUESTS_EACH = 5;

/** Swaps between the two policies while `load` sends its requests, until all are answered. */
async function swapUnderLoad(
  context: AuditContext,
  load: () => Promise<unknown>,
  [one, other] = [first, second],
): Promise<void> {
  let isDone = false;
  const swapping = async (): Promise<void> => {
    while (!isDone) {
      await reconfigure(context, other);
      await turn();
      await reconfigure(context, one);
      await turn();
    }
  };
  const finished = Promise.all(Array.from({ length: CLIENTS }, load)).finally(() => {
    isDone = true;
  });
  await Promise.all([swapping(), finished]);
}

/** Audits of reconfiguration while requests are under way. */
export const reconfigurationUnderLoad: readonly Audit[] = [
  {
    id: 'reconfigure/no-reply-mixes-two-policies',
    title:
      'While the policy is swapped, no reply has the credentials of one and the time of the other',
    level: 'must',
    basis: 'security',
    clause: cwe(362),
    why: 'The methods of one policy with the credentials of another are a policy that nobody wrote.',
    scenario: 'listed',
    requires: ['reconfigure'],
    check: async (context) => {
      await reconfigure(context, firstOfCommon);
      const made = preflight(allowedOrigin, { names: 'x-a' });
      await swapUnderLoad(context, async () => {
        for (let count = 0; count < REQUESTS_EACH; count += 1) {
          await turn();
          const reply = await context.send(made);
          const isFirst = reply.headers.some(
            ([name, value]) => name.toLowerCase() === 'access-control-max-age' && value === '1',
          );
          const whole = isFirst
            ? ({ admits: 'credentialed', keeps: 1 } as const)
            : ({ admits: 'anonymous', keeps: 2 } as const);
          context.expect(made, reply, { browser: whole });
        }
      }, [firstOfCommon, secondOfCommon]);
    },
  },
  {
    id: 'reconfigure/replies-are-exact-while-swapped',
    title:
      'While the policy is swapped, each preflight gets the whole lists of the one or the other',
    level: 'should',
    basis: 'project',
    clause: cwe(362),
    why: 'What was asked for may be allowed by neither or by both: the reply is still that of one policy.',
    scenario: 'listed',
    requires: ['reconfigure'],
    check: async (context) => {
      await reconfigure(context, first);
      const made = preflight(allowedOrigin, { names: 'x-first' });
      const whole = [
        grants(allowedOrigin, { allowMethods: ['PUT'], allowHeaders: ['x-first'], maxAge: 1 }),
        {
          cors: {
            allowOrigin: allowedOrigin,
            allowMethods: ['PATCH', 'DELETE'],
            allowHeaders: ['x-second'],
            maxAge: 2,
          },
        },
      ] as const;
      const replies: WireResponse[] = [];
      await swapUnderLoad(context, async () => {
        for (let count = 0; count < REQUESTS_EACH; count += 1) {
          await turn();
          replies.push(await context.send(made));
        }
      });
      // Judged in an order that is not the race's, so that the same server fails by the same reply.
      for (const reply of replies.sort((one, other) => one.status - other.status)) {
        const isSecond = reply.headers.some(([, value]) => value.includes('PATCH'));
        context.expect(made, reply, whole[isSecond ? 1 : 0]);
      }
    },
  },
  {
    id: 'reconfigure/no-gap-under-load',
    title:
      'While the policy is swapped, what both grant is always granted, what neither grants never is',
    level: 'must',
    basis: 'security',
    clause: fetchStandard('cors-check'),
    why: 'A moment without a policy blocks pages or lets strangers in, and nobody can reproduce it.',
    scenario: 'listed',
    requires: ['reconfigure'],
    check: async (context) => {
      await reconfigure(context, first);
      const granted = get(allowedOrigin);
      const denied = get(deniedOrigin);
      await swapUnderLoad(context, async () => {
        for (let count = 0; count < REQUESTS_EACH; count += 1) {
          await turn();
          const reply = await context.send(granted);
          context.expect(granted, reply, {
            fields: { 'Access-Control-Allow-Origin': allowedOrigin },
          });
          context.expect(denied, await context.send(denied), admitsNobody);
        }
      });
    },
  },
];
