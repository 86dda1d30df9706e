/**
 * The messages between the suite and a target that is a command, in any language: one JSON value a
 * line, in UTF-8. `schema/exec-1.schema.json` says the same for programs.
 *
 * The suite writes to the command's standard input, the command to its standard output. It is started
 * once to describe itself, and once for each scenario; then it serves until its standard input ends.
 */
import type { Scenario, ScenarioPolicy } from './scenario.js';
import type { Capability } from './target.js';

/** The version of the contract. A target refuses any other with an `error`. */
export const execVersion = 1;

/** The first line, when the suite wants to know what it has before it. */
export interface DescribeMessage {
  readonly version: typeof execVersion;
  readonly type: 'describe';
}

/** The first line, when the target is to serve. */
export interface StartMessage {
  readonly version: typeof execVersion;
  readonly type: 'start';
  readonly scenario: Scenario;
}

/** A later line, for targets with the capability `reconfigure`. */
export interface ReconfigureMessage {
  readonly type: 'reconfigure';
  /** What should be in force from now on. An invalid one must be refused: it may be any JSON value. */
  readonly policy: unknown;
}

/** What the suite writes. */
export type SuiteMessage = DescribeMessage | StartMessage | ReconfigureMessage;

/** The answer to `describe`; the target then exits with 0. */
export interface DescriptionMessage {
  readonly type: 'description';
  /** Name and version of the library that is judged. */
  readonly name: string;
  readonly capabilities: readonly Capability[];
}

/** The target listens, on a port of its own choosing. */
export interface ListeningMessage {
  readonly type: 'listening';
  /** As `http://127.0.0.1:43121`. */
  readonly url: string;
  /** `http/1.1` when absent. */
  readonly protocol?: 'http/1.1' | 'h2c';
}

/** The new policy is in force. */
export interface ReconfiguredMessage {
  readonly type: 'reconfigured';
}

/** Why something was not done. */
export interface ReasonMessage {
  /**
   * `refused`: the library itself refused the options. `not-expressible`: the library has no way to say
   * this policy. `error`: the target does not know the message, or cannot go on.
   */
  readonly type: 'refused' | 'not-expressible' | 'error';
  /** One sentence; for `not-expressible` it names the option. */
  readonly reason: string;
}

/** What a target writes. */
export type TargetMessage =
  | DescriptionMessage
  | ListeningMessage
  | ReconfiguredMessage
  | ReasonMessage;

/** The policy in a `reconfigure` message. */
export function policyOf(policy: ScenarioPolicy | { readonly invalid: unknown }): unknown {
  return 'invalid' in policy ? policy.invalid : policy;
}

/** Every capability: a target may name no other. */
const CAPABILITIES: Readonly<Record<Capability, true>> = {
  'raw-bytes': true,
  http1: true,
  http2: true,
  'write-head': true,
  'response-objects': true,
  'error-handling': true,
  'malformed-paths': true,
  'decision-hook': true,
  streams: true,
  'flush-headers': true,
  'early-hints': true,
  upgrade: true,
  predicates: true,
  'chosen-policies': true,
  'stacked-policies': true,
  reconfigure: true,
  'refuses-options': true,
  'javascript-values': true,
  log: true,
};

/**
 * Reads a line of a target.
 *
 * @throws a `TypeError` that says what is wrong with it.
 */
export function parseTargetMessage(line: string): TargetMessage {
  const message: unknown = JSON.parse(line);
  if (typeof message !== 'object' || message === null) throw new TypeError('it is no object');
  const type = textOf(message, 'type');
  switch (type) {
    case 'description':
      return { type, name: textOf(message, 'name'), capabilities: capabilitiesOf(message) };
    case 'listening':
      return { type, url: textOf(message, 'url'), ...protocolOf(message) };
    case 'reconfigured':
      return { type };
    case 'refused':
    case 'not-expressible':
    case 'error':
      return { type, reason: textOf(message, 'reason') };
    default:
      throw new TypeError(`the type ${JSON.stringify(type)} is none that a target may write`);
  }
}

function textOf(message: object, name: string): string {
  const value = (message as Readonly<Record<string, unknown>>)[name];
  if (typeof value !== 'string') throw new TypeError(`${JSON.stringify(name)} should be a text`);
  return value;
}

function protocolOf(message: object): Pick<ListeningMessage, 'protocol'> {
  const { protocol } = message as { readonly protocol?: unknown };
  if (protocol === undefined) return {};
  if (protocol === 'http/1.1' || protocol === 'h2c') return { protocol };
  throw new TypeError('"protocol" should be "http/1.1" or "h2c"');
}

function capabilitiesOf(message: object): readonly Capability[] {
  const { capabilities } = message as { readonly capabilities?: unknown };
  if (!Array.isArray(capabilities)) throw new TypeError('"capabilities" should be a list');
  const unknown: unknown = capabilities.find((one) => !isCapability(one));
  if (unknown === undefined) return capabilities as readonly Capability[];
  const names = Object.keys(CAPABILITIES).join(', ');
  throw new TypeError(
    `${JSON.stringify(unknown)} is no capability; those that a target may name are: ${names}`,
  );
}

function isCapability(value: unknown): value is Capability {
  return typeof value === 'string' && Object.hasOwn(CAPABILITIES, value);
}
