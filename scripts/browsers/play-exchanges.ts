/**
 * Plays exchanges in a browser, batch by batch, and puts together what the script saw, what arrived at
 * the server, and what the browser said.
 */
import type { Exchange } from '../differential/exchange.js';
import type { Observation } from '../differential/observation.js';
import { type Batch, batchesOf } from './batches.js';
import type { Driver, DriverPage, Profile } from './driver.js';
import type { ExchangeServer } from './exchange-server.js';
import type { PageResult, PageTask } from './page/play-steps.js';
import { pageUrl } from './page-files.js';
import { RunningExchange } from './running-exchange.js';

// What a whole call may take: a page that crashed or hangs says nothing at all.
const CALL_MS = 120_000;

// A step has this long. Nothing should hang; what does is reported as not observed.
const STEP_MS = 10_000;

type Running<Reason> = ReadonlyMap<string, RunningExchange<Reason>>;

/** Plays exchanges. @returns An observation for each step, in the order of the exchanges. */
export async function playExchanges<Reason>(
  driver: Driver<Reason>,
  server: ExchangeServer<Reason>,
  exchanges: readonly Exchange[],
): Promise<readonly Observation[]> {
  const observations = new Map<string, readonly Observation[]>();
  for (const exchange of exchanges) {
    refuseUnusable(exchange, observations.has(exchange.id));
    observations.set(exchange.id, []);
  }
  const profile = await driver.newProfile();
  for (const batch of batchesOf(exchanges)) {
    const running: Running<Reason> = new Map(
      batch.exchanges.map((exchange) => [exchange.id, new RunningExchange<Reason>(exchange)]),
    );
    server.play(running);
    const played = await playBatch(profile, batch);
    await awaitReasons(driver.reasonMilliseconds, played.results, running);
    for (const each of running.values()) {
      observations.set(each.exchange.id, observe(driver, each, played));
    }
  }
  await profile.close();
  return exchanges.flatMap(({ id }) => observations.get(id) ?? []);
}

/** Exchanges that would disturb others, or not be recognized when they arrive. */
function refuseUnusable({ id, steps }: Exchange, isKnown: boolean): void {
  if (isKnown) throw new Error(`Two exchanges have the id ${id}.`);
  if (!/^[\w-]+$/.test(id)) throw new Error(`${id} cannot be part of a path.`);
  for (const { request, answers } of steps) {
    for (const url of [request.url, ...answers.map((answer) => answer.url)]) {
      if (!url.includes(`/x/${id}/`)) throw new Error(`${id}: ${url} is not below /x/${id}/.`);
    }
  }
}

/** What the scripts of a batch saw. */
interface Played {
  /** By exchange and step. */
  readonly results: ReadonlyMap<string, PageResult>;
  /** What went wrong with a page; those of its exchanges that have no result were not observed. */
  readonly problems: readonly string[];
}

async function playBatch(profile: Profile, { exchanges, concurrency }: Batch): Promise<Played> {
  const results = new Map<string, PageResult>();
  const problems: string[] = [];
  // A page for each batch: what one of them keeps of thousands of responses would only grow.
  const pages = new Map<string, DriverPage>();
  const play = async (origin: string, tasks: readonly PageTask[]): Promise<void> => {
    const page = pages.get(origin) ?? (await profile.open(pageUrl(origin)));
    pages.set(origin, page);
    const call = `playTasks(${JSON.stringify(tasks)}, ${concurrency}, ${STEP_MS})`;
    const seen = await within(CALL_MS, page.evaluate(call));
    for (const result of JSON.parse(seen) as readonly PageResult[]) {
      results.set(`${result.id}/${result.step}`, result);
    }
  };

  const byOrigin = new Map<string, PageTask[]>();
  const mixed: (readonly OriginTask[])[] = [];
  for (const exchange of exchanges) {
    const tasks = tasksOf(exchange);
    const [first] = tasks;
    if (first === undefined) continue;
    if (tasks.length > 1) mixed.push(tasks);
    else byOrigin.set(first.origin, [...(byOrigin.get(first.origin) ?? []), first.task]);
  }
  try {
    for (const [origin, tasks] of byOrigin) await play(origin, tasks);
    for (const tasks of mixed) for (const { origin, task } of tasks) await play(origin, [task]);
  } catch (error) {
    problems.push(String(error));
  }
  for (const page of pages.values()) {
    await within(CALL_MS, page.close()).catch((error: unknown) => problems.push(String(error)));
  }
  return { results, problems };
}

async function within<Result>(milliseconds: number, promise: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${milliseconds} ms`)),
      milliseconds,
    );
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Steps in a row that pages of one origin make. */
interface OriginTask {
  readonly origin: string;
  readonly task: PageTask;
}

function tasksOf({ id, steps }: Exchange): readonly OriginTask[] {
  const tasks: { origin: string; task: { id: string; steps: PageTask['steps'][number][] } }[] = [];
  for (const [step, { request, wait = 0 }] of steps.entries()) {
    const played = { step, wait, request, isAnnounced: step > 0 };
    const last = tasks.at(-1);
    if (last?.origin === request.origin) last.task.steps.push(played);
    else tasks.push({ origin: request.origin, task: { id, steps: [played] } });
  }
  return tasks;
}

/** Waits for what the browser says about the blocked last steps: it comes after the script's error. */
async function awaitReasons<Reason>(
  milliseconds: number,
  results: ReadonlyMap<string, PageResult>,
  running: Running<Reason>,
): Promise<void> {
  await Promise.all(
    Array.from(running.values(), async (each) => {
      const isBlocked = results.get(`${each.exchange.id}/${each.step}`)?.outcome === 'blocked';
      if (isBlocked) await each.settled(milliseconds);
    }),
  );
}

function observe<Reason>(
  driver: Driver<Reason>,
  running: RunningExchange<Reason>,
  { results, problems }: Played,
): readonly Observation[] {
  const { id, steps } = running.exchange;
  return steps.map((_, step): Observation => {
    const { requests, reasons, plannedNames } = running.notesOf(step);
    const result = results.get(`${id}/${step}`);
    const names = result?.headerNames.map((name) => name.toLowerCase()) ?? [];
    const problem =
      result === undefined ? ['the page gave no result', ...problems].join(': ') : result.problem;
    return {
      id,
      step,
      requests,
      outcome: result?.outcome ?? 'not-observed',
      status: result?.status ?? null,
      visibleHeaderNames: Array.from(new Set(names))
        .filter((name) => plannedNames.has(name))
        .sort(),
      redirected: result?.redirected ?? null,
      responseType: result?.responseType ?? null,
      ...driver.reasonsOf(reasons),
      ...(problem === undefined ? {} : { problem }),
    };
  });
}
