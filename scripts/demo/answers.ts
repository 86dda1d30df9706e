/**
 * What a server answered to a page's fetch: the exchanges, what its engine decided, what a browser
 * concludes, and what of it is wrong.
 */
import { explain, type Explanation } from '@cors/core';
import { type Played, playInBrowser } from './browser.js';
import type { DemoServer } from './frameworks.js';
import { mismatches, type Scene } from './scenes.js';

/** One exchange, judged. */
export interface Answer {
  readonly played: Played;
  /** Absent when the server noted no decision, which is wrong. */
  readonly explanation: Explanation | undefined;
  /** In sentences; empty when all of it is right. */
  readonly wrong: readonly string[];
}

/** Plays a scene on a server. */
export async function playScene(server: DemoServer, scene: Scene): Promise<readonly Answer[]> {
  const before = server.decisions.length;
  const all = await playInBrowser(server.port, scene.fetch);
  return all.map((played, index) => {
    const decision = server.decisions[before + index];
    const expected = scene.expected[index];
    if (decision === undefined || expected === undefined || all.length < scene.expected.length) {
      const wanted = String(scene.expected.length);
      const sent = `${wanted} requests and decisions were expected, not ${String(all.length)} and ${String(server.decisions.length - before)}`;
      return { played, explanation: undefined, wrong: [sent] };
    }
    const { method, headers } = played.request;
    const explanation = explain(decision, { method, headers: Object.fromEntries(headers) });
    return { played, explanation, wrong: mismatches(played, explanation.code, expected) };
  });
}
