import { describe, expect, test } from 'vitest';
import { judgeAudit, type AuditException } from '../../../scripts/check/audit.ts';

const report = {
  vulnerabilities: {
    left: {
      via: [{ url: 'https://github.com/advisories/GHSA-1', title: 'Reads too far', severity: 'high' }],
    },
    right: { via: ['left'] },
  },
};
const exception: AuditException = { advisory: 'GHSA-1', package: 'left', reason: 'r', until: '2027-01-01' };

describe('the audit of what is shipped', () => {
  test('fails for an advisory, once, and names it', () => {
    const { tally, lines } = judgeAudit(report, [], '2026-11-21');
    expect(tally.failed).toBe(1);
    expect(lines).toEqual(['left: Reads too far (high, GHSA-1)']);
  });

  test('lets a written exception pass until its day', () => {
    expect(judgeAudit(report, [exception], '2026-12-31').tally).toMatchObject({ passed: 1, failed: 0 });
    expect(judgeAudit(report, [exception], '2027-01-01').tally.failed).toBe(1);
  });

  test('fails for an exception that nothing needs any more', () => {
    expect(judgeAudit({ vulnerabilities: {} }, [exception], '2026-11-21').lines).toEqual([
      'left: the exception for GHSA-1 is no longer needed',
    ]);
  });

  test('is skipped, and says so, where the registry answers no audits', () => {
    const { tally, lines } = judgeAudit({ message: '405 Method Not Allowed - POST x' }, [], '2026-11-21');
    expect(tally).toEqual({ passed: 0, failed: 0, skipped: 1 });
    expect(lines).toEqual(['The registry answers no audits: 405 Method Not Allowed']);
  });
});
