import {
  type AdapterOptions,
  type CorsOptions,
  createCors,
  createHandler,
  originMatcher,
  validateCorsOptions,
} from '@cors/core';
import { describe, expect, it } from 'vitest';

import type { FetchHooks } from '../../packages/fetch/src/index.js';
import { readMarkdown, readText } from './documents.js';

// The compiler holds these lists to the types, in both directions.
const options: Record<
  keyof CorsOptions,
  { readonly absent: boolean | number | string | undefined }
> = {
  origin: { absent: 'Required' },
  credentials: { absent: false },
  methods: { absent: undefined },
  allowedHeaders: { absent: undefined },
  exposedHeaders: { absent: undefined },
  maxAge: { absent: undefined },
  preflightContinue: { absent: false },
  optionsSuccessStatus: { absent: 204 },
  dangerouslyAllowInsecureOrigins: { absent: false },
  dangerouslyAllowPublicSuffixes: { absent: false },
  dangerouslyAllowNullOrigin: { absent: false },
};
const ofAdapters: Record<
  Exclude<keyof AdapterOptions<unknown>, keyof CorsOptions> | keyof FetchHooks,
  true
> = {
  policy: true,
  onDecision: true,
  onError: true,
};

const page = readText('docs/options.md');
const sections = readMarkdown(page).sections.filter(({ level }) => level === 3);
const errors = readMarkdown(readText('docs/errors.md')).sections;

describe('the options', () => {
  it('are the headings, each once', () => {
    expect(sections.map(({ title }) => title).sort()).toEqual(
      Object.keys({ ...options, ...ofAdapters }).sort(),
    );
  });

  it.each(Object.keys(options))('are known to the engine: %s', (name) => {
    const codes = validateCorsOptions({ [name]: Symbol('nothing good') }).map(({ code }) => code);
    expect(codes).not.toContain('option-unknown');
  });

  it.each(Object.entries(options))('say what holds when it is absent: %s', (name, { absent }) => {
    const { prose } = sections.find(({ title }) => title === name)!;
    if (name === 'origin') {
      expect(prose).toContain('Required.');
      return;
    }
    expect(prose).toMatch(absent === undefined ? /Default: no/ : `Default: \`${String(absent)}\`.`);
    if (absent === undefined) return;
    // Given so, it decides as if it were absent.
    const request = (method: string) => ({
      method,
      headers: { origin: 'https://app.example.com', 'access-control-request-method': 'PUT' },
    });
    const without = createCors({ origin: 'https://app.example.com', methods: ['PUT'] });
    const given = { origin: 'https://app.example.com', methods: ['PUT'], [name]: absent };
    for (const method of ['OPTIONS', 'PUT']) {
      expect(createCors(given).decide(request(method))).toEqual(without.decide(request(method)));
    }
  });
});

describe('an option says', () => {
  it.each(sections.map(({ title, prose }) => [title, prose] as const))(
    'its type, its default, its reason and how it fails: %s',
    (_, prose) => {
      expect(prose).toMatch(/^\n`[^`]+`/);
      expect(prose).toMatch(/Required\.|Default:/);
      expect(prose).toMatch(/^Fails: .*errors\.md#/ms);
    },
  );

  it('every code that options can have, in its place', () => {
    const before = errors.findIndex(({ title }) => title === 'Why a request is granted');
    const codes = errors.slice(0, before).filter(({ level }) => level === 3);
    expect(codes.length).toBeGreaterThan(30);
    for (const { title, slug } of codes) expect(page).toContain(`[${title}](errors.md#${slug})`);
  });
});

describe('the table of patterns', () => {
  const rows = Array.from(
    page.matchAll(/^\| (`\w+:\/\/[^|]*`) \| ([^|]*) \| ([^|]*) \|$/gm),
    (match) => match.slice(1).map((cell) => Array.from(cell.matchAll(/`([^`]+)`/g), ([, x]) => x!)),
  );

  it('is found', () => {
    expect(rows.length).toBeGreaterThanOrEqual(7);
  });

  it.each(rows)('is true: %s', ([pattern], matches, others) => {
    const isMatch = originMatcher(pattern!);
    expect(matches.filter(isMatch)).toEqual(matches);
    expect(others.filter(isMatch)).toEqual([]);
    expect(others.length).toBeGreaterThan(0);
  });
});

describe('what the page says of limits', () => {
  const echo = createCors({
    origin: 'https://app.example.com',
    credentials: true,
    methods: '*',
    allowedHeaders: '*',
  });
  const reasonFor = (method: string, names: string): string =>
    echo.decide({
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example.com',
        'access-control-request-method': method,
        'access-control-request-headers': names,
      },
    }).reason;
  const names = (count: number): string =>
    Array.from({ length: count }, (_, index) => `x-${String(index)}`).join(',');

  it('holds', () => {
    expect(reasonFor('X'.repeat(64), '')).toBe('origin-allowed');
    expect(reasonFor('X'.repeat(65), '')).toBe('method-refused');
    expect(reasonFor('TRACE', '')).toBe('method-refused');
    expect(reasonFor('PUT', names(64))).toBe('origin-allowed');
    expect(reasonFor('PUT', names(65))).toBe('headers-refused');
    expect(reasonFor('PUT', 'x'.repeat(1024))).toBe('origin-allowed');
    expect(reasonFor('PUT', 'x'.repeat(1025))).toBe('headers-refused');
    expect(reasonFor('PUT', 'authorization')).toBe('origin-allowed');
  });

  it('holds for what createCors does not take', () => {
    for (const name of Object.keys(ofAdapters)) {
      const given = { origin: '*', [name]: () => undefined };
      expect(validateCorsOptions(given).map(({ code }) => code)).toEqual(['option-unknown']);
    }
    const setup = { lowerCase: false, hooks: ['onError'], warn: () => undefined };
    expect(() => createHandler({ origin: '*', onDecision: () => undefined }, setup)).not.toThrow();
  });
});
