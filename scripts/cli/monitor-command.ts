import type { Command } from 'commander';
import { join, resolve } from 'node:path';
import { AppError } from '../../engine/contract/errors.ts';
import { mediaTypeOf, writeDocument } from '../../engine/documents/registry.ts';
import { monitoringDocument } from '../../engine/monitoring/report-document.ts';
import { safeJoin, writeFileAtomic } from '../../engine/runtime/files.ts';
import { exitCodes } from './console.ts';
import { startAndWatch } from './runs.ts';
import { type Act, type Session } from './session.ts';
import { workingFolder } from './working-folder.ts';
import { list } from './values.ts';

/** Formats that can hold a watch; calendars, feeds, pictures and messages cannot. */
const formats = ['html', 'mail.html', 'md', 'csv', 'json', 'xlsx', 'pdf'];

interface MonitorOptions {
  readonly date?: string;
  readonly report?: readonly string[];
  readonly folder?: string;
}

/** `monitor` and `alerts`. */
export function addMonitorCommands(program: Command, act: Act): void {
  const command = program
    .command('monitor')
    .description('looks at sources, data, drift and promises, and raises or clears alerts')
    .option('--date <day>', 'the day taken as today')
    .option('--report <formats>', `writes the report: ${formats.join(', ')}; several comma-separated`, list)
    .option('--folder <folder>', 'where the report goes; default the documents folder');
  command.action(() => act((session) => monitor(session, command.opts()))());

  const alerts = program.command('alerts').description('what is out of bounds, since when, and what to do');
  alerts
    .command('list', { isDefault: true })
    .option('--all', 'the cleared ones too')
    .action((options: { all?: boolean }) => act((session) => listAlerts(session, options.all === true))());
  alerts
    .command('acknowledge')
    .description('notes that an alert has been seen')
    .argument('<id>')
    .action((id: string) =>
      act(async ({ host, console }) => {
        const number = Number(id);
        if (!Number.isInteger(number))
          throw new AppError('USAGE', `Expected an alert's number, got "${id}".`);
        console.document(await host.client.monitoring.acknowledge({ id: number }));
        return exitCodes.done;
      })(),
    );
}

async function monitor(session: Session, options: MonitorOptions): Promise<number> {
  const { host, console, paths, zone } = session;
  const { report: wanted, folder, date } = options;
  const unknown = wanted?.find((format) => !formats.includes(format));
  if (unknown !== undefined || wanted?.length === 0) {
    throw new AppError('USAGE', `Expected a report as ${formats.join(', ')}, got "${unknown ?? ''}".`);
  }
  const { run, exitCode } = await startAndWatch(host.client, console, {
    stage: 'monitor',
    parameters: date === undefined ? {} : { date },
  });
  if (exitCode !== exitCodes.done) return exitCode;
  const report = await host.client.monitoring.report({ day: run.today, language: console.locale.language });
  // Alerts are those of today: of another day there is the report alone.
  const alerts =
    date === undefined
      ? await host.client.monitoring.alerts({ language: console.locale.language })
      : undefined;
  const challengers =
    alerts && (await host.client.monitoring.challengers({ language: console.locale.language }));
  console.document({ report, alerts: alerts ?? [], challengers: challengers ?? [] });
  if (alerts) printAlerts(session, alerts);
  for (const { startedAt, outcome } of challengers?.slice(0, 1) ?? [])
    console.line(
      `${console.locale.t('monitoring.challengers.title')}: ${console.locale.instant(startedAt, zone)}. ${outcome}`,
    );
  if (!alerts) printFindings(session, report?.findings ?? []);
  for (const format of (report && wanted) ?? []) {
    const document = monitoringDocument(
      report!,
      { alerts, ...(challengers && { challengers }) },
      { locale: console.locale, zone },
    );
    const into = folder === undefined ? join(paths.documents, 'monitoring') : resolve(workingFolder, folder);
    mediaTypeOf(format);
    const path = safeJoin(into, `monitoring.${report!.day}.${console.locale.language}.${format}`);
    await writeFileAtomic(path, await writeDocument(document, console.locale, format));
    console.note(path);
  }
  return exitCodes.done;
}

async function listAlerts(session: Session, isAll: boolean): Promise<number> {
  const { language } = session.console.locale;
  const alerts = await session.host.client.monitoring.alerts({ isOpenOnly: !isAll, language });
  session.console.document(alerts);
  printAlerts(session, alerts);
  return exitCodes.done;
}

type Client = Session['host']['client'];
type WordedFinding = NonNullable<Awaited<ReturnType<Client['monitoring']['report']>>>['findings'][number];

function printFindings({ console }: Session, findings: readonly WordedFinding[]): void {
  const { locale } = console;
  const bad = findings.filter(({ level }) => level === 'critical' || level === 'warning');
  if (bad.length === 0) console.line(locale.t('monitoring.no-alerts'));
  for (const { level, words } of bad) {
    console.line(`${locale.t(`monitoring.level.${level}`)}  ${words.title}`);
    console.line(`   ${words.text}`);
  }
}

function printAlerts(
  { console, zone }: Session,
  alerts: Awaited<ReturnType<Client['monitoring']['alerts']>>,
): void {
  const { locale } = console;
  if (alerts.length === 0) console.line(locale.t('monitoring.no-alerts'));
  for (const { id, severity, raisedAt, words } of alerts) {
    const { title, text, action } = words;
    const level = locale.t(`monitoring.level.${severity}`);
    console.line(`${id}  ${level}  ${title}  (${locale.instant(raisedAt, zone)})`);
    console.line(`   ${text}`);
    console.line(`   ${action}`);
  }
}
