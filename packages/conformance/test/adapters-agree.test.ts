/** One engine decides: the same requests get the same answer from the core and from every adapter. */
import { describe, expect, test, vi } from 'vitest';

import { VERSIONS as expressVersions } from '../../express/test/express.js';
import { expressTarget } from '../../express/test/target.js';
import { fastifyTargets } from '../../fastify/test/fastify-target.js';
import { socketTarget as h3Target } from '../../h3/test/h3-target.js';
import { VERSIONS as h3Versions } from '../../h3/test/policy.js';
import { socketTarget } from '../../hono/test/hono-target.js';
import { VERSIONS as honoVersions } from '../../hono/test/policy.js';
import { koaTargets } from '../../koa/test/koa-target.js';
import { allAsked, answersOf, answersOfTheCore, REQUESTS } from './answers.js';
import { fetchOverNodeHttp } from './targets/fetch-over-node-http.js';
import { nodeHttp1 } from './targets/node-http1.js';
import { nodeHttp2 } from './targets/node-http2.js';

const targets = [
  nodeHttp1,
  nodeHttp2,
  fetchOverNodeHttp,
  ...expressVersions.map(expressTarget),
  ...koaTargets,
  ...fastifyTargets,
  // Before Hono's: `@hono/node-server` puts a Response of its own in the global one's place, and h3 then
  // replies to errors with status 200, with or without us.
  ...h3Versions.flatMap((version) => [h3Target(version, 'HTTP/1.1'), h3Target(version, 'HTTP/2')]),
  ...honoVersions.flatMap((version) => [
    socketTarget(version, 'HTTP/1.1'),
    socketTarget(version, 'HTTP/2'),
  ]),
];

describe(`${REQUESTS} generated requests`, { timeout: 60_000 }, async () => {
  // Where an application has no error handler, Hono prints its errors.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const expected = await answersOfTheCore();

  test.each(targets.map((target) => [target.name, target] as const))(
    'get from %s what the core decides',
    async (_, target) => {
      const answers = await answersOf(target);
      const different = allAsked.flatMap(({ scenario, request }, index) => {
        const [answer, wanted] = [answers[index], expected[index]];
        return JSON.stringify(answer) === JSON.stringify(wanted)
          ? []
          : [{ scenario: scenario.id, request, answer, wanted }];
      });
      expect(different).toEqual([]);
    },
  );

  test('are of every kind: granted and denied, preflights and others, of any origin and of one', () => {
    const granted = expected.filter(({ cors }) => 'Access-Control-Allow-Origin' in cors);
    const shares = [
      granted.length,
      expected.length - granted.length,
      expected.filter(({ status }) => status === 403).length,
      expected.filter(({ cors }) => 'Access-Control-Allow-Methods' in cors).length,
      granted.filter(({ cors }) => cors['Access-Control-Allow-Origin']?.[0] === '*').length,
      granted.filter(({ cors }) => 'Access-Control-Expose-Headers' in cors).length,
    ];
    expect(Math.min(...shares)).toBeGreaterThan(5);
  });
});
