import { Option, type Command } from 'commander';
import { resolve } from 'node:path';
import { sports, type Sport } from '../../engine/contract/domain.ts';
import { writeFileAtomic } from '../../engine/runtime/files.ts';
import { aliasTable, comparisonTable, decisionLines, foldTable, versionTable } from './model-tables.ts';
import { type Act, type Session } from './session.ts';
import { workingFolder } from './working-folder.ts';
import { formatTable } from './tables.ts';
import { wholeNumber } from './values.ts';

interface PeriodOptions {
  readonly from?: string;
  readonly until?: string;
}

/** Which championship's place is meant; `pooled` is the one over all of them. */
const pooled = 'pooled';
const placeOf = (text: string): string | null => (text === pooled ? null : text);

export function addModelCommands(program: Command, act: Act): void {
  const models = program.command('models').description('versions of models, and who is champion');
  models
    .command('list', { isDefault: true })
    .description('versions, newest first')
    .option('--championship <code>', `a championship, or "${pooled}"`)
    .option('--family <name>')
    .addOption(new Option('--sport <sport>').choices(sports))
    .option('--limit <n>', 'how many', wholeNumber, 50)
    .action((options: { championship?: string; family?: string; sport?: Sport; limit: number }) =>
      act((session) => list(session, options))(),
    );
  models
    .command('show')
    .description('one version: figures, fitted models, what the gate said')
    .argument('<version>', 'number of the version', wholeNumber)
    .action((id: number) => act((session) => show(session, id))());
  withPeriod(models.command('compare'))
    .description('two versions side by side, and what the gate would say')
    .argument('<champion>', 'number of a version', wholeNumber)
    .argument('<challenger>', 'number of a version', wholeNumber)
    .option('--diff', 'only what differs')
    .action((champion: number, challenger: number, options: PeriodOptions & { diff?: true }) =>
      act((session) => compare(session, { champion, challenger, ...options }))(),
    );
  withPeriod(models.command('promote'))
    .description('asks the gate and makes the version champion if it passes')
    .argument('<version>', 'number of the version', wholeNumber)
    .option('--championship <code>', `whose champion, or "${pooled}"; default the version's own`)
    .option('--tolerance <loss>', 'log loss that the interval may reach to', Number)
    .action((id: number, options: PeriodOptions & { championship?: string; tolerance?: number }) =>
      act((session) => promote(session, { id, ...options }))(),
    );
  models
    .command('rollback')
    .description('gives the place back to the champion before')
    .argument('<championship>', `code, or "${pooled}"`)
    .addOption(sportOption())
    .option('--reason <text>', 'why', 'asked for')
    .action((championship: string, options: { sport: Sport; reason: string }) =>
      act((session) => rollback(session, { championship, ...options }))(),
    );
  models
    .command('history')
    .description('who was champion when')
    .argument('<championship>', `code, or "${pooled}"`)
    .addOption(sportOption())
    .action((championship: string, { sport }: { sport: Sport }) =>
      act((session) => history(session, { championship, sport }))(),
    );
  models
    .command('export')
    .description('writes a fitted model to a file')
    .argument('<version>', 'number of the version', wholeNumber)
    .addOption(new Option('--format <format>').choices(['onnx', 'json']).default('onnx'))
    .option('--season <season>', 'the model that forecasts this season; default the one trained last')
    .option('--to <file>', 'default a name of its own in the present folder')
    .action((id: number, options: { format: 'onnx' | 'json'; season?: string; to?: string }) =>
      act((session) => exportModel(session, { id, ...options }))(),
    );
  models
    .command('importances')
    .description('what a fitted model leans on')
    .argument('<version>', 'number of the version', wholeNumber)
    .option('--season <season>', 'the model that forecasts this season; default the one trained last')
    .action((id: number, options: { season?: string }) =>
      act((session) => importances(session, { id, ...options }))(),
    );
}

const sportOption = () =>
  new Option('--sport <sport>', `whose place, with "${pooled}"`).choices(sports).default('football');

function withPeriod(command: Command): Command {
  return command
    .option('--from <day>', 'first match day judged; default where its evaluation begins')
    .option('--until <day>', 'last match day judged');
}

async function list(
  { host, console, zone }: Session,
  { championship, ...search }: { championship?: string; family?: string; sport?: Sport; limit: number },
): Promise<undefined> {
  const place = championship === undefined ? {} : { championship: placeOf(championship) };
  const versions = await host.client.models.list({ ...search, ...place });
  console.document(versions);
  if (versions.length === 0) console.line(console.locale.t('cli.no-models'));
  else for (const line of versionTable(console.locale, versions, zone)) console.line(line);
}

async function show({ host, console, zone }: Session, id: number): Promise<undefined> {
  const { version, models, promotions } = await host.client.models.show({ id });
  console.document({ version, models, promotions });
  for (const line of versionTable(console.locale, [version], zone)) console.line(line);
  console.line();
  for (const [key, value] of Object.entries(version.evaluation))
    console.line(`${key} ${JSON.stringify(value)}`);
  console.line(JSON.stringify(version.parameters));
  if (models.length > 0) {
    console.line();
    for (const line of foldTable(console.locale, models, version.sport)) console.line(line);
  }
  for (const { decision, championId } of promotions) {
    console.line();
    for (const line of decisionLines(console.locale, decision, { championId, challengerId: id })) {
      console.line(line);
    }
  }
}

async function compare(
  { host, console }: Session,
  options: PeriodOptions & { champion: number; challenger: number; diff?: true },
): Promise<undefined> {
  const { diff, ...input } = options;
  const answer = await host.client.models.compare({ ...input, differencesOnly: diff === true });
  console.document(answer);
  for (const line of comparisonTable(console.locale, answer.comparison)) console.line(line);
  console.line();
  const ids = { championId: options.champion, challengerId: options.challenger };
  for (const line of decisionLines(console.locale, answer.decision, ids)) console.line(line);
}

async function promote(
  { host, console }: Session,
  { championship, ...input }: PeriodOptions & { id: number; championship?: string; tolerance?: number },
): Promise<undefined> {
  const place = championship === undefined ? {} : { championship: placeOf(championship) };
  const answer = await host.client.models.promote({ ...input, ...place });
  console.document(answer);
  for (const line of decisionLines(console.locale, answer.decision, { challengerId: input.id })) {
    console.line(line);
  }
}

async function rollback(
  { host, console }: Session,
  { championship, sport, reason }: { championship: string; sport: Sport; reason: string },
): Promise<undefined> {
  const entry = await host.client.models.rollback({ championship: placeOf(championship), sport, reason });
  console.document(entry);
  const version = entry.modelVersionId === null ? '–' : String(entry.modelVersionId);
  console.line(console.locale.t('cli.models.rolled-back', { championship, version }));
}

async function history(
  { host, console, zone }: Session,
  { championship, sport }: { championship: string; sport: Sport },
): Promise<undefined> {
  const entries = await host.client.models.history({ championship: placeOf(championship), sport });
  console.document(entries);
  if (entries.length === 0) console.line(console.locale.t('cli.no-models'));
  else for (const line of aliasTable(console.locale, entries, zone)) console.line(line);
}

async function exportModel(
  { host, console }: Session,
  { to, ...input }: { id: number; format: 'onnx' | 'json'; season?: string; to?: string },
): Promise<undefined> {
  const { model, fileName, base64 } = await host.client.models.export(input);
  const file = resolve(workingFolder, to ?? fileName);
  const content = Buffer.from(base64, 'base64');
  await writeFileAtomic(file, content);
  console.document({ file, bytes: content.length, model });
  console.line(file);
}

async function importances(
  { host, console }: Session,
  input: { id: number; season?: string },
): Promise<undefined> {
  const { locale } = console;
  const answer = await host.client.models.importances(input);
  console.document(answer);
  if (!answer.importances) {
    console.line(locale.t('cli.models.no-importances', { family: answer.model.family }));
    return;
  }
  const rows = answer.importances.map(({ feature, value }) => [feature, locale.number(value, 4)]);
  const head = [locale.t('cli.columns.feature'), locale.t('cli.columns.importance')];
  for (const line of formatTable([head, ...rows], ['left', 'right'])) console.line(line);
}
