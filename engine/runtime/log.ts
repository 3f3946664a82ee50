import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { redact, redactText } from './redact.ts';

export type LogFields = Readonly<Record<string, unknown>>;

/** The program's own log: one JSON object a line, in a file of the day; never on standard output. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  close(): void;
}

export interface LogOptions {
  readonly level?: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Present instant; default the machine's. */
  readonly now?: () => number;
  /** Days of files that stay; default 14. */
  readonly keepDays?: number;
}

/**
 * Opens `auspex-YYYY-MM-DD.jsonl` in a folder, made if missing, for adding lines; old files go. Everything written
 * passes through `redact`: tokens, passwords, cookies and credentials inside of addresses never reach the disk.
 */
export function openLog(folder: string, options: LogOptions = {}): Log {
  const now = options.now ?? Date.now;
  mkdirSync(folder, { recursive: true });
  const nameOf = (instant: number) => `auspex-${new Date(instant).toISOString().slice(0, 10)}.jsonl`;
  dropFilesBefore(folder, nameOf(now() - (options.keepDays ?? 14) * 86_400_000));
  let name = nameOf(now());
  // Written at once: lines are few, and the last ones before a crash are the ones that are wanted.
  const destination = pino.destination({ dest: join(folder, name), sync: true });
  const logger = pino(
    {
      level: options.level ?? 'info',
      base: { pid: process.pid },
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: LogFields = {}) => {
      if (!logger.isLevelEnabled(level)) return;
      const today = nameOf(now());
      if (today !== name) destination.reopen(join(folder, (name = today)));
      logger[level](redact(fields) as object, redactText(message));
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    close() {
      destination.flushSync();
      destination.end();
    },
  };
}

function dropFilesBefore(folder: string, oldest: string): void {
  for (const file of readdirSync(folder)) {
    if (/^auspex-\d{4}-\d{2}-\d{2}\.jsonl$/.test(file) && file < oldest)
      rmSync(join(folder, file), { force: true });
  }
}
