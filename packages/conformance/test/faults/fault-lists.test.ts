import { describe, expect, it } from 'vitest';

import { audits } from '../../src/index.js';
import { decisionFaults, replyAndPolicyFaults, socketFaults } from './index.js';

const faults = [...decisionFaults, ...replyAndPolicyFaults, ...socketFaults];
const auditIds = audits.map(({ id }) => id);

describe('the lists of the faults', () => {
  it('hold every audit of the suite: each is known to bite', () => {
    const caught = new Set(faults.flatMap(({ fails }) => fails));
    expect(auditIds.filter((id) => !caught.has(id))).toEqual([]);
  });

  it('hold audits that exist, each once', () => {
    for (const { id, fails } of faults) {
      expect(fails.filter((one) => !auditIds.includes(one))).toEqual([]);
      expect(new Set(fails).size, id).toBe(fails.length);
    }
  });

  it('are never empty: a fault that nothing notices is an audit that is missing', () => {
    expect(faults.filter(({ fails }) => fails.length === 0).map(({ id }) => id)).toEqual([]);
  });

  it('belong to faults with ids of their own, told in a sentence', () => {
    const ids = faults.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) < index)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z0-9-]+\/[a-z0-9-]+$/.test(id))).toEqual([]);
    for (const { id, description } of faults) expect(description, id).toMatch(/^[A-Z].*\.$/);
  });
});
