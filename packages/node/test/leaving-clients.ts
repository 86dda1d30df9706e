/** Clients that go away: while a predicate is asked, and while the reply is sent. */
import { get } from 'node:http';
import { expect, vi } from 'vitest';

/** The application that they leave, on its way. */
interface LeftApplication {
  readonly port: number;
  /** One that the policy allows. */
  readonly origin: string;
  /** What the predicate waits for on `/gone`, to be called for its yes; elsewhere it says yes at once. */
  readonly waiting: readonly (() => void)[];
  /** How many requests for `/gone` have reached the handler. On `/stays` it does not end its reply. */
  readonly reached: () => number;
}

/** Leaves six times, and expects that every handler ran, and that who stays is answered. */
export async function expectNoHarmByLeaving({
  port,
  origin,
  waiting,
  reached,
}: LeftApplication): Promise<void> {
  const leave = async (path: string, when: () => boolean): Promise<void> => {
    const request = get({ port, path, headers: { origin } });
    let replied = false;
    request.on('response', () => (replied = true));
    request.on('error', () => undefined);
    await vi.waitFor(() => expect(replied || when()).toBe(true));
    request.destroy();
  };
  for (let count = 1; count <= 5; count += 1) await leave('/gone', () => waiting.length === count);
  await leave('/stays', () => false);
  await new Promise((resolve) => setTimeout(resolve, 20));
  for (const answer of waiting) answer();
  await vi.waitFor(() => expect(reached()).toBe(5));
  const reply = await fetch(`http://127.0.0.1:${port}/`, { headers: { origin } });
  expect(reply.headers.get('access-control-allow-origin')).toBe(origin);
}
