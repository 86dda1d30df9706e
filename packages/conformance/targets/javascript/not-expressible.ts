/** What no option of a library can say, told in one sentence that names the option. */
import { NotExpressibleError, type ScenarioPolicy } from '@cors/conformance';

/** Refuses a policy that needs an option that the library has not. */
export function withoutOptions(
  policy: ScenarioPolicy,
  ...missing: readonly ('preflightContinue' | 'optionsSuccessStatus')[]
): void {
  for (const option of missing) {
    if (policy[option] === undefined) continue;
    throw new NotExpressibleError(
      option === 'preflightContinue'
        ? 'preflightContinue: there is no option that lets a preflight go on to the application.'
        : 'optionsSuccessStatus: the status of a preflight is fixed.',
    );
  }
}

/** Refuses a star for the methods beside credentials, where browsers take it for a name. */
export function withoutEveryMethod({ methods, credentials }: ScenarioPolicy, option: string): void {
  if (methods !== '*' || credentials !== true) return;
  throw new NotExpressibleError(
    `${option}: beside credentials every method must be named; no value stands for whatever is asked for.`,
  );
}

/** Refuses a predicate that returns a string, for a library that takes it for the origin to allow. */
export function withoutStringAnswers({ origin }: ScenarioPolicy): void {
  if (typeof origin !== 'object' || !('predicate' in origin)) return;
  if (origin.predicate !== 'returns-string') return;
  throw new NotExpressibleError('origin: a string from the function is the origin to allow.');
}

/** Refuses a predicate that answers later, for a library that does not wait. */
export function withoutAsynchronousAnswers({ origin }: ScenarioPolicy): void {
  if (typeof origin !== 'object' || !('predicate' in origin)) return;
  if (!['answers-later', 'answers-slowly', 'rejects'].includes(origin.predicate)) return;
  throw new NotExpressibleError(
    'origin: the function must answer at once; no promise is waited for.',
  );
}
