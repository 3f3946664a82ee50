import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { none, one, type Tally } from './reports.ts';
import { root } from './run-tool.ts';

/** One advisory that is known and left. */
export interface AuditException {
  /** E.g. `GHSA-xxxx-xxxx-xxxx`. */
  readonly advisory: string;
  readonly package: string;
  readonly reason: string;
  /** ISO day from which on it counts again. */
  readonly until: string;
}

interface AuditReport {
  readonly vulnerabilities?: Readonly<
    Record<
      string,
      {
        readonly via: readonly (
          string | { readonly url?: string; readonly title?: string; readonly severity?: string }
        )[];
      }
    >
  >;
  readonly error?: { readonly summary?: string };
  readonly message?: string;
}

export interface AuditResult {
  readonly tally: Tally;
  readonly lines: readonly string[];
}

/**
 * What an audit comes to: each advisory that no exception names is a failure, and so is an exception that has run out
 * or whose advisory is gone. A registry that answers no such question is a check that was skipped, and says so.
 */
export function judgeAudit(
  report: AuditReport,
  exceptions: readonly AuditException[],
  today: string,
): AuditResult {
  if (!report.vulnerabilities) {
    const reason = report.message ?? report.error?.summary ?? 'no answer';
    const line = `The registry answers no audits: ${reason.split(' - ')[0] ?? ''}`;
    return { tally: { passed: 0, failed: 0, skipped: 1 }, lines: [line] };
  }
  const found = Object.entries(report.vulnerabilities).flatMap(([name, { via }]) =>
    via.flatMap((one) =>
      typeof one === 'string' ? [] : [{ name, id: one.url?.split('/').at(-1) ?? '?', ...one }],
    ),
  );
  const excused = (name: string, id: string) =>
    exceptions.some((one) => one.advisory === id && one.package === name && today < one.until);
  const lines = [
    ...found
      .filter(({ name, id }) => !excused(name, id))
      .map(({ name, id, title, severity }) => `${name}: ${title ?? ''} (${severity ?? '?'}, ${id})`),
    ...exceptions
      .filter(({ advisory, package: name }) => !found.some((one) => one.id === advisory && one.name === name))
      .map(({ advisory, package: name }) => `${name}: the exception for ${advisory} is no longer needed`),
  ];
  return { tally: lines.length === 0 ? one : none, lines };
}

/** Asks the registry for advisories on what the program ships, and holds them against `config/audit-exceptions.json`. */
export async function auditDependencies(): Promise<AuditResult> {
  const { exceptions } = JSON.parse(readFileSync(resolve(root, 'config/audit-exceptions.json'), 'utf8')) as {
    exceptions: AuditException[];
  };
  const text = await npm(['audit', '--omit=dev', '--json', '--fetch-timeout=15000', '--fetch-retries=0']);
  const start = text.indexOf('{');
  let report: AuditReport = {};
  try {
    report = start < 0 ? {} : (JSON.parse(text.slice(start)) as AuditReport);
  } catch {
    // Something else than a report came: judged as no answer.
  }
  return judgeAudit(report, exceptions, new Date().toISOString().slice(0, 10));
}

function npm(options: readonly string[]): Promise<string> {
  return new Promise((settle) => {
    const child = spawn('npm', options, {
      cwd: root,
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('error', () => {
      settle('');
    });
    child.on('close', () => {
      settle(Buffer.concat(parts).toString('utf8'));
    });
  });
}
