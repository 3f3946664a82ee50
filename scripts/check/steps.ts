import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditDependencies } from './audit.ts';
import { failuresOf, none, one, splitLint, tallyScreens, tallyTests } from './reports.ts';
import type { LintFile, ScreenReport, Tally, TestReport } from './reports.ts';
import { root, runTool } from './run-tool.ts';

/** One line of the check's report; `output` is shown when something failed. */
export interface Finding {
  readonly name: string;
  readonly tally: Tally;
  readonly output: string;
}

export interface Step {
  /** What the step is called on the command line: `npm run check -- NAME`. */
  readonly group: 'types' | 'lint' | 'dead-code' | 'format' | 'audit' | 'tests' | 'screens';
  run(): Promise<readonly Finding[]>;
}

/** Independent of each other, so they run side by side; the slowest first. */
export const sideBySide: readonly Step[] = [
  { group: 'lint', run: lint },
  { group: 'types', run: () => tool('types (Node)', 'typescript/bin/tsc', ['-p', 'tsconfig.node.json']) },
  {
    group: 'types',
    run: () =>
      tool('types (pure: contract, kernel, ports)', 'typescript/bin/tsc', ['-p', 'tsconfig.pure.json']),
  },
  {
    group: 'types',
    run: () => tool('types (screens)', 'typescript/bin/tsc', ['-p', 'tsconfig.renderer.json']),
  },
  { group: 'audit', run: audit },
  { group: 'dead-code', run: () => tool('dead code', 'knip/bin/knip.js', ['--no-progress']) },
  {
    group: 'format',
    run: () =>
      tool('format', 'prettier/bin/prettier.cjs', [
        ...['--check', '.', '--log-level', 'warn'],
        ...['--cache', '--cache-strategy', 'content'],
      ]),
  },
];

/** Last and alone: the test runners fill the cores by themselves. */
export const alone: readonly Step[] = [
  { group: 'tests', run: tests },
  { group: 'screens', run: screens },
];

async function tool(name: string, script: string, options: readonly string[]): Promise<readonly Finding[]> {
  const { code, output } = await runTool(script, options);
  return [{ name, tally: code === 0 ? one : none, output }];
}

/** One run of the linter, reported as two findings, because a broken boundary is a matter of its own. */
async function lint(): Promise<readonly Finding[]> {
  const { code, stdout, output } = await runTool('eslint/bin/eslint.js', [
    ...['.', '--max-warnings', '0', '--format', 'json'],
  ]);
  if (code > 1 || !stdout.startsWith('[')) return [{ name: 'lint', tally: none, output }];
  const found = splitLint(JSON.parse(stdout) as LintFile[], root);
  return [
    { name: 'lint', tally: found.lint.length === 0 ? one : none, output: found.lint.join('\n') },
    {
      name: 'boundaries',
      tally: found.boundaries.length === 0 ? one : none,
      output: found.boundaries.join('\n'),
    },
  ];
}

/** Known holes in what the program ships. */
async function audit(): Promise<readonly Finding[]> {
  const { tally, lines } = await auditDependencies();
  const name = tally.skipped > 0 ? 'audit (skipped: no audits here)' : 'audit';
  return [{ name, tally, output: lines.join('\n') }];
}

async function tests(): Promise<readonly Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'auspex-check-'));
  try {
    const file = join(folder, 'tests.json');
    const { output } = await runTool('vitest/vitest.mjs', [
      ...['run', '--reporter=minimal', '--reporter=json', `--outputFile.json=${file}`],
    ]);
    const report = await readFile(file, 'utf8').catch(() => undefined);
    if (report === undefined) return [{ name: 'tests', tally: none, output }];
    return [{ name: 'tests', tally: tallyTests(JSON.parse(report) as TestReport), output }];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The screens in a real browser. */
async function screens(): Promise<readonly Finding[]> {
  const { stdout, output } = await runTool('@playwright/test/cli.js', ['test', '--reporter=json']);
  const report = stdout.startsWith('{') ? (JSON.parse(stdout) as ScreenReport) : undefined;
  if (report === undefined) return [{ name: 'screens', tally: none, output }];
  const { flaky } = report.stats;
  const name = flaky === 0 ? 'screens' : `screens, ${flaky} at a second try`;
  return [{ name, tally: tallyScreens(report), output: failuresOf(report).join('\n\n') }];
}
