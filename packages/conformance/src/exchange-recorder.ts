/**
 * Keeps the exchanges of an audit, for its report. An audit may send thousands: the latest are kept,
 * and the rest counted.
 */
import type { WireRequest, WireResponse } from './audit.js';
import type { RecordedExchange } from './audit-result.js';
import type { Exchange } from './exchange.js';
import { TransportError } from './transport-error.js';

const MOST_KEPT = 20;

/** Records the exchanges of one audit. */
export class ExchangeRecorder {
  readonly #kept: RecordedExchange[] = [];
  #count = 0;
  #pending = 0;

  /** How many requests have neither a reply nor an error yet. */
  get pending(): number {
    return this.#pending;
  }

  get exchanges(): readonly RecordedExchange[] {
    return this.#kept;
  }

  get leftOut(): number {
    return this.#count - this.#kept.length;
  }

  /** Sends by the given way, and notes what comes of it. */
  async record(request: WireRequest, send: Exchange): Promise<WireResponse> {
    this.#pending += 1;
    try {
      const response = await send(request);
      this.#keep({ request, response });
      return response;
    } catch (error) {
      this.#keep(failedExchange(request, error));
      throw error;
    } finally {
      this.#pending -= 1;
    }
  }

  /** Marks the exchange that failed the audit; one that was not kept is kept again. */
  markAtFault({ request, response }: { request: WireRequest; response: WireResponse }): void {
    const index = this.#kept.findIndex((exchange) => exchange.response === response);
    const marked: RecordedExchange = { request, response, isAtFault: true };
    if (index < 0) this.#keep(marked);
    else this.#kept[index] = marked;
  }

  #keep(exchange: RecordedExchange): void {
    this.#count += 1;
    this.#kept.push(exchange);
    if (this.#kept.length > MOST_KEPT) this.#kept.shift();
  }
}

function failedExchange(request: WireRequest, error: unknown): RecordedExchange {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof TransportError)) return { request, error: message };
  const described = { request, error: `${error.code}: ${message}` };
  return error.partial === undefined ? described : { ...described, response: error.partial };
}
