/**
 * Replies of the test application whose bodies come in pieces, or break off.
 *
 * https://streams.spec.whatwg.org/#rs-class
 */

/** Resolves some milliseconds later. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** A reply of status 200 whose body comes in pieces. */
export function textInPieces(type: string, pieces: readonly string[], pauseMs: number): Response {
  return new Response(streamOf(pieces, pauseMs), { headers: { 'Content-Type': type } });
}

/** A reply of status 200 whose body announces more than it has, and then fails. */
export function brokenText(text: string, pauseMs: number): Response {
  return new Response(streamOf([text], pauseMs, new Error('the handler fails after the head')), {
    headers: { 'Content-Type': 'text/plain', 'Content-Length': '100' },
  });
}

function streamOf(
  pieces: readonly string[],
  pauseMs: number,
  failure?: Error,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    // In `start`, not in `pull`: the pauses are the point, whether anybody reads or not. A reader
    // that leaves makes the next piece fail, which ends the loop.
    async start(controller) {
      for (const piece of pieces) {
        if (piece !== '') controller.enqueue(encoder.encode(piece));
        await pause(pauseMs);
      }
      if (failure === undefined) controller.close();
      else controller.error(failure);
    },
  });
}
