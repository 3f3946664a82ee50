import { describe, expect, test } from 'vitest';
import { failuresOf, splitLint, tallyScreens, tallyTests } from '../../../scripts/check/reports.ts';
import type { TestReport } from '../../../scripts/check/reports.ts';

const green: TestReport = {
  success: true,
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
};

describe('the tally of tests', () => {
  test('counts what passed and what was skipped', () => {
    expect(tallyTests(green)).toEqual({ passed: 3, failed: 0, skipped: 1 });
  });

  test('counts a file that broke before its tests ran as one failure', () => {
    const broken = [...green.testResults, { status: 'failed', assertionResults: [] }];
    expect(tallyTests({ ...green, success: false, testResults: broken }).failed).toBe(1);
  });

  test('does not count a file with a failed test twice', () => {
    const failed = [{ status: 'failed', assertionResults: [{ status: 'failed' }] }];
    expect(tallyTests({ ...green, success: false, numFailedTests: 1, testResults: failed }).failed).toBe(1);
  });

  test('is never green when the run was not', () => {
    expect(tallyTests({ ...green, success: false }).failed).toBe(1);
  });
});

describe('the lint report', () => {
  test('tells a broken boundary from the rest', () => {
    const files = [
      {
        filePath: '/project/engine/a.ts',
        messages: [
          { ruleId: 'boundaries/dependencies', severity: 2, message: 'no', line: 1, column: 2 },
          { ruleId: 'no-console', severity: 2, message: 'quiet', line: 3, column: 4 },
          { ruleId: null, severity: 2, message: 'unreadable' },
        ],
      },
    ];
    expect(splitLint(files, '/project')).toEqual({
      boundaries: ['engine/a.ts:1:2 no (boundaries/dependencies)'],
      lint: ['engine/a.ts:3:4 quiet (no-console)', 'engine/a.ts:0:0 unreadable'],
    });
  });
});

describe('the report of the browser tests', () => {
  const stats = { expected: 3, unexpected: 0, flaky: 0, skipped: 2 };

  test('counts what passed, and what was skipped apart', () => {
    expect(tallyScreens({ stats, suites: [], errors: [] })).toEqual({ passed: 3, failed: 0, skipped: 2 });
  });

  test('counts a break outside of tests as failed, and a test that passed at a second try as passed', () => {
    const report = { stats: { ...stats, flaky: 1 }, suites: [], errors: [{ message: 'no build' }] };
    expect(tallyScreens(report)).toEqual({ passed: 4, failed: 1, skipped: 2 });
    expect(failuresOf(report)).toEqual(['no build']);
  });

  test('names each failed test with its place and what it said', () => {
    const spec = (ok: boolean, message: string) => ({
      title: `opens ${message}`,
      file: 'today.spec.ts',
      line: 7,
      ok,
      tests: [{ results: [{ errors: [{ message }] }] }],
    });
    const suites = [
      { title: 'today.spec.ts', suites: [{ title: 'a', specs: [spec(true, 'x'), spec(false, 'y')] }] },
    ];
    expect(failuresOf({ stats, suites, errors: [] })).toEqual(['today.spec.ts:7 opens y\ny']);
  });
});
