import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';

import {
  type AdapterOptions,
  CorsConfigError,
  type CorsPredicateError,
  type CorsProblemCode,
  type CorsRequest,
  type CorsWarning,
  createCors,
  createHandler,
  type DecisionReason,
  explain,
  type ExplanationCode,
  type Handler,
} from '@cors/core';
import { describe, expect, it } from 'vitest';

import { readMarkdown, readText, root, sourceFiles } from './documents.js';

// The compiler holds these lists to the types, in both directions.
const problemCodes: Record<CorsProblemCode, true> = {
  'options-not-an-object': true,
  'option-unknown': true,
  'option-unreadable': true,
  'option-not-boolean': true,
  'origin-missing': true,
  'origin-type': true,
  'origin-regexp': true,
  'origin-empty': true,
  'origin-several-in-one-string': true,
  'origin-any-among-others': true,
  'origin-any-with-credentials': true,
  'origin-null': true,
  'origin-too-long': true,
  'origin-scheme-missing': true,
  'origin-scheme-refused': true,
  'origin-userinfo': true,
  'origin-path': true,
  'origin-port': true,
  'origin-wildcard': true,
  'origin-not-serialized': true,
  'origin-malformed': true,
  'origin-insecure': true,
  'origin-public-suffix': true,
  'list-type': true,
  'list-several-in-one-string': true,
  'list-any-among-others': true,
  'method-not-a-token': true,
  'method-forbidden': true,
  'method-case': true,
  'header-not-a-token': true,
  'allowed-header-forbidden': true,
  'exposed-header-forbidden': true,
  'exposed-any-with-credentials': true,
  'max-age-invalid': true,
  'success-status-invalid': true,
  'policy-type': true,
  'policy-beside-options': true,
  'hook-not-a-function': true,
  'more-problems': true,
};
const reasons: Record<DecisionReason, true> = {
  'any-origin': true,
  'origin-allowed': true,
  'no-origin': true,
  'same-origin': true,
  'not-cors-mode': true,
  'no-policy': true,
  'origin-not-allowed': true,
  'origin-malformed': true,
  'null-origin': true,
  'insecure-origin': true,
  'method-refused': true,
  'headers-refused': true,
  'predicate-failed': true,
  'policy-failed': true,
  'policy-conflict': true,
};
const browserCodes: Record<Exclude<ExplanationCode, DecisionReason>, true> = {
  'method-not-allowed': true,
  'header-not-allowed': true,
  'credentials-not-allowed': true,
};
const warningCodes: Record<CorsWarning['code'], true> = {
  CORS_HEADER_REPLACED: true,
  CORS_POLICY_CONFLICT: true,
  CORS_HOOK_FAILED: true,
  CORS_DECISION_FAILED: true,
};
const errorCodes: Record<CorsConfigError['code'] | CorsPredicateError['code'], true> = {
  ERR_CORS_CONFIG: true,
  ERR_CORS_PREDICATE: true,
};

const codes = Object.keys({
  ...problemCodes,
  ...reasons,
  ...browserCodes,
  ...warningCodes,
  ...errorCodes,
});

const { sections } = readMarkdown(readFileSync(join(root, 'docs/errors.md'), 'utf8'));
const entries = sections.filter(({ level }) => level === 3);

describe('the codes', () => {
  it('are the headings, each once', () => {
    expect(entries.map(({ title }) => title).sort()).toEqual([...codes].sort());
  });

  it('are the anchors', () => {
    expect(entries.map(({ slug }) => slug)).toEqual(
      entries.map(({ title }) => title.toLowerCase()),
    );
  });

  // A new error class, or a warning that is not of the type above, is no part of the lists.
  it('of errors and warnings are all that stand in the sources', () => {
    const inSources = sourceFiles.flatMap((file) =>
      Array.from(readText(file).matchAll(/'((?:ERR_)?CORS_[A-Z_]+)'/g), ([, code]) => code),
    );
    expect([...new Set(inSources)].sort()).toEqual(
      Object.keys({ ...warningCodes, ...errorCodes }).sort(),
    );
  });
});

describe('an entry', () => {
  it.each(entries.map(({ title, prose }) => [title, prose] as const))(
    'says something: %s',
    (title, prose) => {
      expect(prose.replace(title, '').trim().length).toBeGreaterThan(100);
      expect(prose.match(/[.:](?:\s|$)/g)?.length).toBeGreaterThan(1);
    },
  );

  it('is not the copy of another', () => {
    expect(new Set(entries.map(({ prose }) => prose.trim())).size).toBe(entries.length);
  });
});

// What the wrong policy of an entry is asked, to give the entry's code.
const origin = 'https://app.example.com';
const asks = (method: string, headers: Record<string, string> = {}): CorsRequest => ({
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': method, ...headers },
});
const requests: Partial<Record<ExplanationCode, CorsRequest>> = {
  'origin-not-allowed': { method: 'GET', headers: { origin: 'https://admin.example.com' } },
  'predicate-failed': { method: 'GET', headers: { origin } },
  'policy-failed': asks('GET'),
  'method-not-allowed': asks('PUT'),
  'header-not-allowed': asks('POST', { 'access-control-request-headers': 'content-type' }),
  'credentials-not-allowed': { method: 'GET', headers: { origin, cookie: 'session=1' } },
};

/** The two halves of a snippet that shows what is wrong and what is right. */
function halvesOf(code: string): { readonly wrong: string; readonly right: string } | null {
  const halves = /^\/\/ wrong\n(.+)\n\/\/ right\n(.+)$/s.exec(code);
  return halves === null ? null : { wrong: halves[1]!, right: halves[2]! };
}

/** Runs a piece of a snippet: the codes of the problems, or the handler that it made. */
function run(code: string): readonly string[] | Handler<CorsRequest> {
  let handler: Handler<CorsRequest> | undefined;
  const cors = (options: AdapterOptions<CorsRequest>): void => {
    handler = createHandler(options, { lowerCase: true, warn: () => undefined });
  };
  const body = runInThisContext(`(cors, createCors) => {\n${code}\n}`) as (
    ...names: unknown[]
  ) => void;
  try {
    body(cors, createCors);
  } catch (error) {
    if (error instanceof CorsConfigError) return error.problems.map((problem) => problem.code);
    throw error;
  }
  return handler!;
}

async function explained(half: string, request: CorsRequest): Promise<ExplanationCode> {
  const handler = run(half) as Handler<CorsRequest>;
  const { decision } = await handler.handle(request, request, undefined);
  return explain(decision, request).code;
}

describe('a wrong snippet has the problem that it stands under, a right one has none', () => {
  const snippets = entries.flatMap(({ title, fences }) =>
    fences.map(({ code }) => ({ title, halves: halvesOf(code) })),
  );

  it.each(Object.keys(problemCodes))('%s', (code) => {
    const own = snippets.filter(({ title, halves }) => title === code && halves !== null);
    expect(own).toHaveLength(1);
    const { wrong, right } = own[0]!.halves!;
    const found = run(wrong);
    // Too many problems are too many of another kind.
    const expected = code === 'more-problems' ? ['origin-scheme-missing', code] : [code];
    expect(Array.isArray(found) ? [...new Set(found)] : 'no problem').toEqual(expected);
    expect(run(right)).toHaveProperty('handle');
  });

  it.each(
    snippets.flatMap(({ title, halves }) =>
      halves !== null && title in { ...reasons, ...browserCodes } && !(title in problemCodes)
        ? [{ title: title as ExplanationCode, ...halves }]
        : [],
    ),
  )('$title', async ({ title, wrong, right }) => {
    const request = requests[title];
    expect(request, 'what is asked').toBeDefined();
    expect(await explained(wrong, request!)).toBe(title);
    expect(await explained(right, request!)).toBe('origin-allowed');
  });

  it('is found where it stands', () => {
    expect(snippets.filter(({ halves }) => halves !== null).length).toBeGreaterThanOrEqual(
      Object.keys({ ...problemCodes, ...requests }).length,
    );
    // Every other language has nothing to run.
    for (const { fences } of entries) {
      for (const { language, code } of fences)
        expect(halvesOf(code) !== null).toBe(language === 'js');
    }
  });
});
