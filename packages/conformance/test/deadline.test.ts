import { describe, expect, test, vi } from 'vitest';

import { boundedExchange } from '../src/bounded-exchange.js';
import { withinDeadline } from '../src/deadline.js';

const never = (): Promise<never> => new Promise(() => undefined);
const later = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('withinDeadline', () => {
  test('gives what the work gives, or its error, thrown or rejected', async () => {
    expect(await withinDeadline(async () => 1, 1_000, 'It')).toBe(1);
    await expect(
      withinDeadline(() => Promise.reject(new Error('no')), 1_000, 'It'),
    ).rejects.toThrow('no');
    const throwing = (): Promise<void> => {
      throw new Error('no');
    };
    await expect(withinDeadline(throwing, 1_000, 'It')).rejects.toThrow('no');
  });

  test('ends in time', async () => {
    await expect(withinDeadline(never, 20, 'It')).rejects.toThrow('It was not over within 20 ms');
  });

  test('does not count what has a deadline of its own, side by side or in a row', async () => {
    const work = withinDeadline(
      async ({ stopFor }) => {
        await Promise.all([stopFor(() => later(300)), stopFor(() => later(500))]);
        await stopFor(() => later(300));
        return 'done';
      },
      250,
      'It',
    );
    expect(await work).toBe('done');
  });

  test('counts again after that, also after an error', async () => {
    const work = withinDeadline(
      async ({ stopFor }) => {
        await stopFor(() => Promise.reject(new Error('no'))).catch(() => undefined);
        await never();
      },
      50,
      'It',
    );
    await expect(work).rejects.toThrow('It was not over');
  });

  test('counts what was before each stop', async () => {
    const work = withinDeadline(
      async ({ stopFor }) => {
        for (let count = 0; count < 10; count += 1) {
          await later(100);
          await stopFor(() => later(1));
        }
      },
      300,
      'It',
    );
    await expect(work).rejects.toThrow('It was not over');
  });

  test('leaves no timer, also where it is stopped for after the end', async () => {
    vi.useFakeTimers();
    try {
      let stopFor: ((work: () => Promise<void>) => Promise<void>) | undefined;
      await withinDeadline(async (deadline) => (stopFor = deadline.stopFor), 1_000, 'It');
      expect(vi.getTimerCount()).toBe(0);
      await stopFor?.(() => Promise.resolve());
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('boundedExchange', () => {
  test('ends once: what comes later is not heard, and what it holds is released once', async () => {
    const release = vi.fn();
    const ended = await boundedExchange<string>({ timeoutMs: 1_000 }, ({ succeed, fail }) => {
      setTimeout(() => {
        succeed('first');
        fail(new Error('second'));
        succeed('third');
      });
      return { release };
    });
    expect(ended).toBe('first');
    expect(release).toHaveBeenCalledTimes(1);
  });

  test('releases also what ended while it began', async () => {
    const release = vi.fn();
    const exchange = boundedExchange<string>({ timeoutMs: 1_000 }, ({ succeed }) => {
      succeed('at once');
      return { release };
    });
    expect(await exchange).toBe('at once');
    expect(release).toHaveBeenCalledTimes(1);
  });

  test('an error while it begins is its failure', async () => {
    const exchange = boundedExchange<string>({ timeoutMs: 1_000 }, () => {
      throw new Error('no');
    });
    await expect(exchange).rejects.toThrow('no');
  });

  test('leaves neither timer nor listener', async () => {
    vi.useFakeTimers();
    try {
      const { signal } = new AbortController();
      const remove = vi.spyOn(signal, 'removeEventListener');
      await boundedExchange<number>({ timeoutMs: 1_000, signal }, ({ succeed }) => {
        succeed(1);
        return {};
      });
      expect(vi.getTimerCount()).toBe(0);
      expect(remove).toHaveBeenCalledWith('abort', expect.any(Function));
    } finally {
      vi.useRealTimers();
    }
  });
});
