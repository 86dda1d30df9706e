import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';

import { audits } from '../src/audits/index.js';
import { isJson } from '../src/capabilities.js';
import { parseTargetMessage } from '../src/exec-messages.js';
import { scenarios } from '../src/scenarios.js';

const file = join(import.meta.dirname, '../schema/exec-1.schema.json');
const schema = JSON.parse(readFileSync(file, 'utf8')) as {
  $id: string;
  $defs: Record<string, { enum?: readonly string[] }>;
};
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
ajv.addSchema(schema);

function validator(name: string): ValidateFunction {
  const validate = ajv.getSchema(`${schema.$id}#/$defs/${name}`);
  if (validate === undefined) throw new Error(`there is no ${name} in the schema`);
  return validate;
}

/** What is wrong with a value as it arrives: after a way through JSON. */
function problems(name: string, value: unknown): unknown {
  const validate = validator(name);
  return validate(JSON.parse(JSON.stringify(value))) ? null : validate.errors;
}

const policy = { origin: ['https://a.example'] };
const start = (setup: object, own: object = {}): object => ({
  version: 1,
  type: 'start',
  scenario: { id: 'x', description: 'X.', setup, ...own },
});

describe('what the suite writes', () => {
  test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
    'the scenario %s is as the schema says, and JSON holds all of it',
    (_id, scenario) => {
      const message = { version: 1, type: 'start', scenario };
      expect(problems('suiteMessage', message)).toBeNull();
      expect(isJson(scenario)).toBe(true);
    },
  );

  test.each<[string, unknown]>([
    ['describe', { version: 1, type: 'describe' }],
    ['a policy', { type: 'reconfigure', policy }],
    ['an invalid policy', { type: 'reconfigure', policy: null }],
    ['refused options', start({ kind: 'refused', options: [1, null] })],
  ])('%s', (_name, message) => expect(problems('suiteMessage', message)).toBeNull());

  test.each<[string, unknown]>([
    ['another version', { version: 2, type: 'describe' }],
    ['no version', { type: 'describe' }],
    ['another type', { version: 1, type: 'stop' }],
    ['no scenario', { version: 1, type: 'start' }],
    ['a member too many', start({ kind: 'policy', policy }, { port: 80 })],
    ['an unknown kind', start({ kind: 'proxied', policy })],
    ['no origin', start({ kind: 'policy', policy: {} })],
    ['an unknown option', start({ kind: 'policy', policy: { ...policy, maxAgeSeconds: 1 } })],
    [
      'an unknown predicate',
      start({ kind: 'policy', policy: { origin: { predicate: 'guesses', allow: [] } } }),
    ],
    ['no policy', { type: 'reconfigure' }],
  ])('not %s', (_name, message) => expect(problems('suiteMessage', message)).not.toBeNull());
});

describe('what a target writes', () => {
  test.each<[object]>([
    [{ type: 'description', name: 'x 1.0', capabilities: ['http1', 'log'] }],
    [{ type: 'description', name: 'x 1.0', capabilities: [] }],
    [{ type: 'listening', url: 'http://127.0.0.1:43121' }],
    [{ type: 'listening', url: 'http://127.0.0.1:43121', protocol: 'h2c' }],
    [{ type: 'reconfigured' }],
    [{ type: 'refused', reason: 'no stars' }],
    [{ type: 'not-expressible', reason: 'maxAge is fixed' }],
    [{ type: 'error', reason: 'version 2?' }],
  ])('%j, with or without more, is read as the schema says', (message) => {
    expect(problems('targetMessage', message)).toBeNull();
    expect(problems('targetMessage', { ...message, since: 1 })).toBeNull();
    expect(parseTargetMessage(JSON.stringify({ ...message, since: 1 }))).toEqual(message);
  });

  test.each<[unknown]>([
    [{ type: 'description', name: 'x' }],
    [{ type: 'description', name: 1, capabilities: [] }],
    [{ type: 'description', name: 'x', capabilities: ['http-1'] }],
    [{ type: 'description', name: 'x', capabilities: 'http1' }],
    [{ type: 'listening' }],
    [{ type: 'listening', url: 'http://x', protocol: 'h3' }],
    [{ type: 'refused' }],
    [{ type: 'hello' }],
    [{}],
    [null],
    [[]],
  ])('%j is refused by both', (message) => {
    expect(problems('targetMessage', message)).not.toBeNull();
    expect(() => parseTargetMessage(JSON.stringify(message))).toThrow(TypeError);
  });
});

test('the schema names every capability, and no other', () => {
  const named = schema.$defs['capability']?.enum ?? [];
  const description = { type: 'description', name: 'x', capabilities: named };
  expect(parseTargetMessage(JSON.stringify(description))).toEqual(description);
  const refusal = (): unknown =>
    parseTargetMessage('{"type":"description","name":"x","capabilities":["x"]}');
  expect(refusal).toThrow(`those that a target may name are: ${named.join(', ')}`);
  const required = new Set(audits.flatMap(({ requires }) => requires));
  expect([...required].filter((one) => !named.includes(one))).toEqual([]);
});
