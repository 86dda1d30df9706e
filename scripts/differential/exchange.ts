/**
 * Exchanges: what a page's script does, and what the server will answer. Plain data, that every
 * browser and every model of one can be given alike.
 *
 * Hosts are symbolic (`http://page.test`, `http://api.test:8080`) and reach the browser as they are: it
 * is told to send everything to our server, as to a proxy. So no port is ever replaced by another,
 * neither in a `Location` nor in an `Access-Control-Allow-Origin` that must be wrong by one character.
 *
 * All URLs of an exchange have a path that begins with `/x/<its id>/`: thousands are played at once,
 * and none may find another's preflight in the cache.
 */
import type { HeaderList, PageRequest } from '@cors/browser';

/** A sequence of steps in one browser, one after another; most have one step. */
export interface Exchange {
  /** Letters, digits and hyphens; no two exchanges of a run have the same. */
  readonly id: string;
  readonly steps: readonly Step[];
}

/** One request of a page's script. */
export interface Step {
  /** Milliseconds to wait before it. */
  readonly wait?: number;
  readonly request: PageRequest;
  /** One for each URL that may be asked for. */
  readonly answers: readonly PlannedAnswer[];
}

/** What the server says at one URL. */
export interface PlannedAnswer {
  readonly url: string;
  readonly preflight: PlannedResponse;
  readonly actual: PlannedResponse;
}

/** A response but for its body and `Content-Length`, which the server adds. */
export interface PlannedResponse {
  readonly status: number;
  /** Each becomes one line, as it stands. */
  readonly headers: HeaderList;
}
