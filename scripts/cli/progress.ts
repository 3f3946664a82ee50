import type { RunEvent } from '../../engine/contract/runs.ts';
import type { Locale } from '../../engine/documents/locale.ts';

const barWidth = 28;
/** Without a terminal a line is written at most this often, and when a phase is through. */
const quietEveryMs = 5000;

/**
 * Shows a run's progress on stderr: on a terminal one bar that is drawn over, elsewhere a line now and then. Warnings and
 * errors of the run's log stand between.
 */
export function createProgress(locale: Locale, stream: NodeJS.WriteStream = process.stderr) {
  const live = stream.isTTY && process.env.TERM !== 'dumb';
  let drawn = false;
  let writtenAt = 0;
  let lastLine = '';
  const problems = { warn: 0, error: 0 };
  const shownProblems = 5;

  function clear(): void {
    if (drawn) stream.write('\r\u001b[2K');
    drawn = false;
  }

  return {
    problems,
    show(event: RunEvent): void {
      if (event.kind === 'progress') {
        if (event.stage === 'pipeline') return;
        const text = lineOf(locale, event);
        const through = event.total > 0 && event.done >= event.total;
        if (live) {
          clear();
          stream.write(text.slice(0, Math.max(20, (stream.columns || 80) - 1)));
          drawn = true;
          if (through && event.done > 0 && text !== lastLine) {
            stream.write('\n');
            drawn = false;
          }
        } else if (text !== lastLine && (through || Date.now() - writtenAt > quietEveryMs)) {
          stream.write(`${text}\n`);
          writtenAt = Date.now();
        }
        lastLine = text;
      } else if (event.kind === 'log' && event.line.level !== 'info') {
        const { level, code, message } = event.line;
        if (++problems[level] > shownProblems) return;
        clear();
        stream.write(`  ${level === 'error' ? '✗' : '!'} ${code ? `${code}: ` : ''}${message}\n`);
      }
    },
    /** Ends the drawing and says how many problems were not shown. */
    finish(runId: number): void {
      clear();
      const hidden = Math.max(0, problems.warn - shownProblems) + Math.max(0, problems.error - shownProblems);
      if (hidden > 0) stream.write(`  … ${locale.t('cli.more-problems', { count: hidden, run: runId })}\n`);
    },
  };
}

function lineOf(locale: Locale, event: Extract<RunEvent, { kind: 'progress' }>): string {
  const stage = locale.t(`cli.stages.${event.stage}`);
  const share = event.total > 0 ? Math.min(1, event.done / event.total) : 0;
  const full = Math.round(share * barWidth);
  const bar = '█'.repeat(full) + '░'.repeat(barWidth - full);
  const count = event.total > 0 ? `${event.done}/${event.total}` : '…';
  return `${stage.padEnd(12)} ${bar} ${count} ${locale.t(`cli.phases.${event.phase}`)}`;
}
