/**
 * How a program is told which scenario to serve. It runs for as long as its runtime is tried, since to
 * start it anew for each scenario would take most of the time: a message is the body of a POST to its
 * control socket, written as javascript-values.ts says, and the answer that of the reply, in plain JSON.
 */
import type { Capability, Scenario, ScenarioPolicy } from '@cors/conformance';

/** What the suite asks of a program. */
export type ControlMessage =
  | { readonly type: 'describe' }
  | { readonly type: 'start'; readonly scenario: Scenario }
  | {
      readonly type: 'reconfigure';
      readonly policy: ScenarioPolicy | { readonly invalid: unknown };
    }
  | { readonly type: 'close' };

/** What it answers. */
export type ControlAnswer =
  | {
      readonly type: 'description';
      readonly name: string;
      readonly capabilities: readonly Capability[];
    }
  /** Without a port, it serves where it always does. */
  | { readonly type: 'listening'; readonly port?: number }
  | { readonly type: 'done' }
  /** The options were refused, by the library itself; where it tells all problems, with their paths. */
  | { readonly type: 'refused'; readonly reason: string; readonly paths: readonly string[] };

/** A line of a program's standard output, and of workerd's: a socket is open. */
export interface ListenLine {
  readonly event: 'listen';
  readonly socket: 'control' | 'main';
  readonly port: number;
}
