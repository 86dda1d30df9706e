/**
 * An exchange while it is played: which step it is at, what arrived, and what the browser said about it.
 */
import type { HeaderList } from '@cors/browser';
import type { Exchange, PlannedAnswer, PlannedResponse } from '../differential/exchange.js';
import type { ObservedRequest } from '../differential/observation.js';
import type { StepListener } from './driver.js';
import { headerOf, type Http1Request } from './http1-request.js';

const NOTHING_SENT_MS = 200;

/** What is noted of one step. */
interface Notes<Reason> {
  readonly requests: ObservedRequest[];
  readonly reasons: Reason[];
  /** The names of the last answer that was no preflight's, lower-cased. */
  plannedNames: ReadonlySet<string>;
  /** Whether the browser will say no more. */
  isSettled: boolean;
}

/** The state of one exchange. `Reason` is what a browser tells about a blocked request. */
export class RunningExchange<Reason> {
  step = 0;
  private readonly notes: Notes<Reason>[];
  private onSettled: (() => void) | undefined;

  constructor(readonly exchange: Exchange) {
    this.notes = exchange.steps.map(() => ({
      requests: [],
      reasons: [],
      plannedNames: new Set(),
      isSettled: false,
    }));
  }

  notesOf(step: number): Readonly<Notes<Reason>> {
    const notes = this.notes[step];
    if (notes === undefined) throw new Error(`${this.exchange.id} has no step ${step}`);
    return notes;
  }

  /** Notes a request of the current step. @returns What to answer; undefined if nothing is planned. */
  receive(request: Http1Request, url: string): PlannedResponse | undefined {
    const answer = this.exchange.steps[this.step]?.answers.find((each) => hrefOf(each) === url);
    const notes = this.current();
    const isPreflight = isPreflightOf(request);
    notes.requests.push({
      ...observed(request, url),
      ...(answer === undefined ? { isUnplanned: true } : {}),
    });
    if (answer === undefined) {
      if (!isPreflight) notes.plannedNames = new Set();
      return undefined;
    }
    if (isPreflight) return answer.preflight;
    notes.plannedNames = namesOf(answer.actual.headers);
    return answer.actual;
  }

  /**
   * Notes a request of the current step that a server of its own answers.
   *
   * @returns Whom to give the headers of the reply.
   */
  pass(request: Http1Request, url: string): (headers: HeaderList) => void {
    const notes = this.current();
    notes.requests.push(observed(request, url));
    return (headers) => {
      if (!isPreflightOf(request)) notes.plannedNames = namesOf(headers);
    };
  }

  /** Notes what the browser says about the step that is current now, whenever it says it. */
  listener(): StepListener<Reason> {
    const notes = this.current();
    return {
      blocked: (reason) => notes.reasons.push(reason),
      settled: () => {
        notes.isSettled = true;
        if (notes === this.current()) this.onSettled?.();
      },
    };
  }

  /** Waits until all is known about the current step, but not for ever: a browser may have nothing to say. */
  async settled(milliseconds: number): Promise<void> {
    const { isSettled, requests } = this.current();
    if (isSettled) return;
    // About what was never sent, browsers mostly say nothing.
    const limit = requests.length === 0 ? Math.min(milliseconds, NOTHING_SENT_MS) : milliseconds;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.onSettled = resolve;
      timer = setTimeout(resolve, limit);
    });
    clearTimeout(timer);
    this.onSettled = undefined;
  }

  private current(): Notes<Reason> {
    return this.notesOf(this.step);
  }
}

function isPreflightOf({ method, headers }: Http1Request): boolean {
  return method === 'OPTIONS' && headerOf(headers, 'access-control-request-method') !== undefined;
}

function observed(request: Http1Request, url: string): ObservedRequest {
  const { method, headers, bodyLength } = request;
  return { url, method, headers, bodyLength, isPreflight: isPreflightOf(request) };
}

function namesOf(headers: HeaderList): ReadonlySet<string> {
  return new Set(headers.map(([name]) => name.toLowerCase()));
}

/** As it arrives: without fragment and credentials. */
function hrefOf({ url }: PlannedAnswer): string {
  const parsed = new URL(url);
  parsed.hash = '';
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}
