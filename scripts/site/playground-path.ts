/**
 * A person's path through the playground: from what is blocked to what works, and on to the code.
 */
import { strict as assert } from 'node:assert';

import { EXAMPLES } from '../../docs/.vitepress/playground/examples.js';
import { playHandshake } from '../../docs/.vitepress/playground/handshake.js';
import { pageRequestOf } from '../../docs/.vitepress/playground/page-request.js';
import type { SitePage } from './site-browser.js';

const MENDED = `{
  origin: 'https://app.example.com',
  allowedHeaders: ['Content-Type'],
}`;

const MESSAGE =
  "Access to fetch at 'https://api.example.com/cart' from origin 'https://shop.example.com' has been " +
  "blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.";

/** Walks it. @throws when something is not as a person would expect. */
export async function walkPlayground(page: SitePage, site: string): Promise<void> {
  await page.open(`${site}/playground`);
  await page.waitForText('.summary', 'the page gets the reply');

  // Every example is shown as the engine and the model say, in their words.
  for (const [index, { state }] of EXAMPLES.entries()) {
    await page.select('#example', String(index));
    const handshake = playHandshake(state.policy, pageRequestOf(state));
    if (handshake.kind === 'refused') {
      await page.waitForText('.summary', `${handshake.problems.length} problem`);
      for (const { fix } of handshake.problems) {
        await page.waitForText('.problems', fix.replaceAll('`', ''));
      }
      continue;
    }
    assert.equal(handshake.kind, 'played');
    const { verdict } = handshake.transcripts.chromium;
    await page.waitForText('.summary', verdict.code);
    await page.waitForText('.results .verdict', verdict.cause.replaceAll('`', ''));
    if (verdict.fix !== null) {
      await page.waitForText('.results .verdict', verdict.fix.replaceAll('`', ''));
    }
  }

  // Blocked, mended, allowed.
  await page.select('#example', '1');
  await page.waitForText('.summary', 'blocked (header-not-allowed)');
  await page.fill('#policy', MENDED);
  await page.waitForText('.summary', 'the page gets the reply (allowed)');

  // With the keyboard alone: to the engines, and on to Firefox.
  await page.focus('.engines input');
  await page.press('ArrowRight');
  await page.waitForText('.summary', 'Firefox: ');

  // The code for a framework, with the policy in it.
  await page.select('#framework', 'fastify');
  const code = await page.waitForText('.code', '@cors/fastify');
  assert.ok(code.includes("allowedHeaders: ['Content-Type']"));

  // The address brings it all back.
  const address = await page.evaluate<string>('location.href');
  await page.open('about:blank');
  await page.open(address);
  await page.waitForText('.code', '@cors/fastify');
  assert.equal(await page.evaluate("document.querySelector('#policy').value"), MENDED);

  // What was copied in the developer tools.
  await page.click('.paste summary');
  await page.fill('#pasted', MESSAGE);
  await page.waitForText('.paste', 'missing-allow-origin');
  await page.click('.paste button');
  assert.equal(
    await page.evaluate("document.querySelector('#origin').value"),
    'https://shop.example.com',
  );
  await page.waitForText('.summary', 'blocked (preflight-missing-allow-origin)');
  await page.fill('#pasted', "curl 'https://api.example.com/a' -X DELETE -H 'X-Request-Id: 1'");
  await page.click('.paste button');
  await page.waitForText('.messages', 'Access-Control-Request-Method: DELETE');
  await page.fill('#pasted', 'It does not work.');
  await page.waitForText('.paste', 'This is no call of fetch()');

  // What cannot be read is said, and nothing of it is run.
  await page.fill('#policy', "{ origin: () => location.assign('https://evil.example') }");
  await page.waitForText('#policy-problems', 'nothing is run here');

  const outside = page.requested.filter((url) => /^(?:http|ws)/.test(url) && !url.startsWith(site));
  assert.deepEqual(outside, [], 'Something was sent elsewhere.');
  assert.deepEqual(page.errors, []);
}
