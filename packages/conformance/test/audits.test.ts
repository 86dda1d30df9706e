import { validateCorsOptions } from '@cors/core';
import { describe, expect, it } from 'vitest';

import {
  type Audit,
  audits,
  type Expectation,
  openLogBook,
  type ScenarioPolicy,
  scenarioOptions,
  scenarios,
} from '../src/index.js';

const stepsOf = (audit: Audit) => audit.steps ?? [];

function duplicates(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) < index);
}

describe('audits', () => {
  it('have unique ids of the form area/what-is-demanded', () => {
    const ids = audits.map(({ id }) => id);
    expect(duplicates(ids)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/.test(id))).toEqual([]);
  });

  it('have the ids, levels and bases that others rely on', () => {
    expect(
      audits.map(({ id, level, basis, scenario }) => `${id} ${level} ${basis} ${scenario}`),
    ).toMatchSnapshot();
  });

  it('are played in scenarios that exist, and leave none unused', () => {
    const played = new Set(audits.map(({ scenario }) => scenario));
    expect([...played].sort()).toEqual(scenarios.map(({ id }) => id).sort());
  });

  it('stand on a clause that has an address', () => {
    for (const { id, clause } of audits) {
      expect(URL.canParse(clause) && new URL(clause).protocol, id).toBe('https:');
    }
  });

  it('say what is demanded and why, shortly', () => {
    for (const { id, title, why } of audits) {
      expect(title, id).toMatch(/^\S.*[^.\s]$/);
      expect(title.length, id).toBeLessThanOrEqual(120);
      expect(why, id).toMatch(/^\S.*\.$/);
      expect(why.length, id).toBeLessThanOrEqual(220);
    }
    expect(duplicates(audits.map(({ title }) => title))).toEqual([]);
  });

  it('ask something: steps or a check, and no step without an expectation', () => {
    for (const audit of audits) {
      expect(stepsOf(audit).length > 0 || audit.check !== undefined, audit.id).toBe(true);
      for (const { expect: expectation } of stepsOf(audit)) {
        expect(asksSomething(expectation), audit.id).toBe(true);
      }
    }
  });

  it('send what a client can: paths from the root, names that are tokens, one byte a character', () => {
    for (const audit of audits) {
      for (const { request } of stepsOf(audit)) {
        expect(request.path, audit.id).toMatch(/^\/[\x21-\x7e]*$/);
        for (const [name, value] of request.headers) {
          expect(name, audit.id).toMatch(/^[A-Za-z-]+$/);
          expect(value, audit.id).toMatch(/^[\u0000-\u00ff]*$/);
        }
      }
    }
  });

  it('need raw bytes where an ordinary client cannot send them', () => {
    for (const audit of audits.filter(({ requires }) => !requires.includes('raw-bytes'))) {
      for (const { request } of stepsOf(audit)) {
        for (const [, value] of request.headers) {
          expect(value, audit.id).toMatch(/^[\t\u0020-\u007e\u0080-\u00ff]*$/);
        }
      }
    }
  });

  it('leave open what the standards leave open, unless they are our own opinion', () => {
    for (const audit of audits.filter(({ basis }) => basis !== 'project')) {
      const isStatic = audit.scenario === 'single' || audit.scenario.startsWith('any');
      for (const { expect: expectation } of stepsOf(audit)) {
        // Which of the fields leave, and in what form, is a server's choice.
        expect(expectation.cors, audit.id).toBeUndefined();
        // A server that always sends the same need not vary.
        if (isStatic) expect(expectation.vary, audit.id).toBeUndefined();
      }
    }
  });

  it('fail nobody, on other grounds than our opinion, for an origin that no browser sends', () => {
    for (const audit of audits.filter(({ basis }) => basis !== 'project')) {
      for (const { request, expect: expectation } of stepsOf(audit)) {
        if (expectation.browser?.admits !== 'nobody') continue;
        for (const [name, value] of request.headers) {
          if (name === 'Origin')
            expect(isSentByBrowsers(value), `${audit.id}: ${value}`).toBe(true);
        }
      }
    }
  });
});

describe('scenarios', () => {
  it('have unique ids and descriptions', () => {
    expect(duplicates(scenarios.map(({ id }) => id))).toEqual([]);
    expect(duplicates(scenarios.map(({ description }) => description))).toEqual([]);
  });

  it('hold policies that are right, but where they must be refused', () => {
    for (const { id, setup, mayBeRefused } of scenarios) {
      if (setup.kind === 'refused') {
        expect(validateCorsOptions(setup.options as never), id).not.toEqual([]);
        continue;
      }
      for (const policy of policiesOf(setup)) {
        const isRight = validateCorsOptions(scenarioOptions(policy, openLogBook())).length === 0;
        expect(isRight, id).toBe(mayBeRefused !== true);
      }
    }
  });

  it('are plain data', () => {
    expect(JSON.parse(JSON.stringify(scenarios))).toEqual(scenarios);
  });
});

function asksSomething({ browser, vary, ...rest }: Expectation): boolean {
  const nested = [browser ?? {}, typeof vary === 'object' ? vary : {}];
  return (
    vary === '*' ||
    Object.keys(rest).length > 0 ||
    nested.some((part) => Object.keys(part).length > 0)
  );
}

/** Whether a value is what the standard's serialization of an origin gives. */
function isSentByBrowsers(value: string): boolean {
  if (value === 'null') return true;
  if (/^https?:/i.test(value)) return URL.canParse(value) && new URL(value).origin === value;
  // The origin of another scheme is opaque to URL parsers; webviews write it as scheme, host and port.
  return /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9.-]+(?::\d+)?$/.test(value);
}

function policiesOf(
  setup: Exclude<(typeof scenarios)[number]['setup'], { kind: 'refused' }>,
): readonly ScenarioPolicy[] {
  switch (setup.kind) {
    case 'policy':
      return [setup.policy];
    case 'chosen':
      return Object.values(setup.policies).filter((policy) => policy !== false);
    case 'stacked':
      return [setup.outer, setup.inner];
  }
}
