/**
 * A policy that is replaced while the server runs.
 */
import type { Audit, AuditContext, WireRequest } from '../audit.js';
import { HarnessError } from '../harness-error.js';
import { isNotExpressible } from '../not-expressible.js';
import type { ScenarioPolicy } from '../scenario.js';
import { cwe } from './clauses.js';
import { admitsAnonymous, admitsCredentialed, admitsNobody } from './expectations.js';
import { forEachExpressible } from './refusal.js';
import { allowedOrigin, deniedOrigin, get, otherAllowedOrigin, preflight } from './requests.js';

/** A policy to go back to. */
const first: ScenarioPolicy = {
  origin: [allowedOrigin],
  credentials: true,
  methods: ['PUT'],
  allowedHeaders: ['x-first'],
};

const invalidOptions: readonly unknown[] = [
  { origin: '*', credentials: true },
  {},
  { origin: [] },
  { origin: ['https://c.example/'] },
  { origin: ['https://c.example'], maxAge: -1 },
  { origin: ['https://c.example'], methods: ['GET,PUT'] },
  null,
];

/** Swaps the policy; a target that says it can and cannot fails. */
export async function reconfigure(
  { running, assert }: AuditContext,
  policy: Parameters<NonNullable<AuditContext['running']['reconfigure']>>[0],
): Promise<void> {
  assert(running.reconfigure !== undefined, 'the target should be able to reconfigure');
  await running.reconfigure?.(policy);
}

async function expectEach(
  { send, expect }: AuditContext,
  expected: readonly (readonly [WireRequest, Parameters<AuditContext['expect']>[2]])[],
): Promise<void> {
  for (const [made, expectation] of expected) expect(made, await send(made), expectation);
}

/** Lets what is waiting run, so that requests arrive between two swaps. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

/** Asks again and again until the answer is yes. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await turn();
}

/** Audits of reconfiguration. */
export const reconfiguration: readonly Audit[] = [
  {
    id: 'reconfigure/takes-effect',
    title: 'A new policy decides every request that comes after it, alone',
    level: 'must',
    basis: 'project',
    clause: cwe(672),
    why: 'An origin that was taken off the list must be out at once, without a restart.',
    scenario: 'listed',
    requires: ['reconfigure'],
    check: async (context) => {
      await expectEach(context, [[get(allowedOrigin), admitsCredentialed]]);
      await reconfigure(context, { origin: [otherAllowedOrigin], methods: ['DELETE'] });
      await expectEach(context, [
        [get(allowedOrigin), admitsNobody],
        [get(otherAllowedOrigin), admitsAnonymous],
        [preflight(otherAllowedOrigin, { method: 'DELETE' }), admitsAnonymous],
        [preflight(otherAllowedOrigin), admitsNobody],
        [preflight(allowedOrigin), admitsNobody],
      ]);
      await reconfigure(context, { origin: '*' });
      await expectEach(context, [[get(deniedOrigin), admitsAnonymous]]);
      await reconfigure(context, first);
      await expectEach(context, [
        [get(deniedOrigin), admitsNobody],
        [get(allowedOrigin), admitsCredentialed],
      ]);
    },
  },
  {
    id: 'reconfigure/invalid-options-change-nothing',
    title: 'Invalid options are refused, and leave the old policy in force',
    level: 'must',
    basis: 'project',
    clause: cwe(636),
    why: 'A typo in a tenant’s settings must neither take the tenant down nor open it up.',
    scenario: 'listed',
    requires: ['reconfigure'],
    check: async (context) => {
      await forEachExpressible(invalidOptions, async (invalid) => {
        const refused = await reconfigure(context, { invalid }).then(
          () => false,
          (error: unknown) => {
            // Nobody refused these.
            if (error instanceof HarnessError || isNotExpressible(error)) throw error;
            return true;
          },
        );
        context.assert(refused, `${JSON.stringify(invalid)} should have been refused`);
        await expectEach(context, [
          [get(allowedOrigin), admitsCredentialed],
          [get(otherAllowedOrigin), admitsNobody],
          [preflight(allowedOrigin, { names: 'x-a' }), admitsCredentialed],
        ]);
      });
    },
  },
  {
    id: 'reconfigure/pending-decisions-keep-theirs',
    title: 'A decision that waits for a predicate is made by the policy that asked it',
    level: 'should',
    basis: 'project',
    clause: cwe(362),
    why: 'The answer of one policy’s predicate with the grant of another is a decision that nobody made.',
    scenario: 'predicate-slow',
    requires: ['predicates', 'reconfigure', 'log'],
    check: async (context) => {
      const made = get(allowedOrigin);
      await context.log();
      const pending = context.send(made);
      const isAsked = async (): Promise<boolean> => (await context.log()).asked.length > 0;
      const begun = Promise.race([
        pending.then(() => 'answered' as const),
        until(isAsked).then(() => 'asked' as const),
      ]);
      context.assert(
        (await begun) === 'asked',
        'the predicate should be slower than a look at the log',
      );
      await reconfigure(context, { origin: [otherAllowedOrigin] });
      context.expect(made, await pending, admitsCredentialed);
      context.expect(made, await context.send(made), admitsNobody);
    },
  },
];
