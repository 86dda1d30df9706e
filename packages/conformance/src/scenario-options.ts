/**
 * A scenario's neutral policy as options in JavaScript: the names stay, a described predicate becomes
 * a function that notes whom it was asked about. For targets whose library takes options of the
 * shape that `cors` made common.
 */
import type { ApplicationLogBook } from './application-log.js';
import type { ScenarioPolicy, ScenarioPredicate } from './scenario.js';

/** Long enough to look at the log and to swap the policy while it waits. */
const SLOW_MS = 300;

/** A predicate over origins, as a scenario describes it. */
export type OriginPredicate = (origin: string) => boolean | Promise<boolean>;

/** The options of a policy: as in the scenario, but with a function for a predicate. */
export type ScenarioOptions = Omit<ScenarioPolicy, 'origin'> & {
  readonly origin: '*' | readonly string[] | OriginPredicate;
};

/** The options that say what the policy says. */
export function scenarioOptions(
  policy: ScenarioPolicy,
  log: Pick<ApplicationLogBook, 'asked'>,
): ScenarioOptions {
  const { origin } = policy;
  if (origin === '*' || isList(origin)) return { ...policy, origin };
  return { ...policy, origin: originPredicate(origin, log) };
}

/** The function that behaves as described. */
export function originPredicate(
  { predicate, allow }: ScenarioPredicate,
  log: Pick<ApplicationLogBook, 'asked'>,
): OriginPredicate {
  const behave = (origin: string): unknown => {
    switch (predicate) {
      case 'answers':
        return allow.includes(origin);
      case 'answers-later':
        return later().then(() => allow.includes(origin));
      case 'answers-slowly':
        return later(SLOW_MS).then(() => allow.includes(origin));
      case 'throws':
        throw new Error('the predicate throws');
      case 'rejects':
        return later().then(() => Promise.reject(new Error('the predicate rejects')));
      case 'returns-string':
        return origin;
      case 'returns-nothing':
        return undefined;
    }
  };
  return (origin) => {
    log.asked(origin);
    // Some break the type on purpose: that is what they are there for.
    return behave(origin) as boolean | Promise<boolean>;
  };
}

function isList(origin: ScenarioPolicy['origin']): origin is readonly string[] {
  return Array.isArray(origin);
}

/** By default a turn of the event loop: long enough for a request to be overtaken by others. */
function later(ms = 1): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
