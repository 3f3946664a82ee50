/** What the tools' own reports come to, in the two numbers of the last line. */

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The part of the linter's JSON report that is read here. */
export interface LintFile {
  readonly filePath: string;
  readonly messages: readonly {
    readonly ruleId: string | null;
    readonly severity: number;
    readonly message: string;
    readonly line?: number;
    readonly column?: number;
  }[];
}

/** The part of the test runner's JSON report that is read here. */
export interface TestReport {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

interface ScreenSuite {
  readonly title: string;
  readonly suites?: readonly ScreenSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly file: string;
    readonly line: number;
    readonly ok: boolean;
    readonly tests: readonly {
      readonly results: readonly { readonly errors?: readonly { readonly message?: string }[] }[];
    }[];
  }[];
}

/** The part of the browser tests' JSON report that is read here. */
export interface ScreenReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  readonly suites: readonly ScreenSuite[];
  /** What broke outside of any test. */
  readonly errors: readonly { readonly message?: string }[];
}

export const one = { passed: 1, failed: 0, skipped: 0 } satisfies Tally;
export const none = { passed: 0, failed: 1, skipped: 0 } satisfies Tally;

export function add(left: Tally, right: Tally): Tally {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  };
}

/**
 * Counts tests. A file that broke before its tests ran, and a run that failed for a reason of its own (an error
 * nobody awaited), each count as one failure, so that nothing red can read as green.
 */
export function tallyTests(report: TestReport): Tally {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !report.success ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Counts browser tests; what passed at a second try, where the runner is told to try again, has passed. */
export function tallyScreens({ stats, errors }: ScreenReport): Tally {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}

/** One text for each browser test that failed, with its place. */
export function failuresOf({ suites, errors }: ScreenReport): readonly string[] {
  const inside = (suite: ScreenSuite): string[] => [
    ...(suite.specs ?? [])
      .filter(({ ok }) => !ok)
      .map(({ file, line, title, tests }) => {
        const found = tests.flatMap(({ results }) => results.flatMap((result) => result.errors ?? []));
        return [`${file}:${line} ${title}`, ...found.map(({ message }) => message ?? '')].join('\n');
      }),
    ...(suite.suites ?? []).flatMap(inside),
  ];
  return [...errors.map(({ message }) => message ?? ''), ...suites.flatMap(inside)];
}

/** Lines `path:line:column message (rule)`: those of the import boundaries, and the rest. */
export function splitLint(
  files: readonly LintFile[],
  root: string,
): { readonly boundaries: readonly string[]; readonly lint: readonly string[] } {
  const boundaries: string[] = [];
  const lint: string[] = [];
  for (const file of files) {
    for (const { ruleId, message, line = 0, column = 0 } of file.messages) {
      const path = file.filePath.startsWith(root) ? file.filePath.slice(root.length + 1) : file.filePath;
      const text = `${path}:${line}:${column} ${message}${ruleId === null ? '' : ` (${ruleId})`}`;
      (ruleId?.startsWith('boundaries/') ? boundaries : lint).push(text);
    }
  }
  return { boundaries, lint };
}
