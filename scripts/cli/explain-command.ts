import type { Command } from 'commander';
import type { Act, Session } from './session.ts';
import { wholeNumber } from './values.ts';

export function addExplainCommand(program: Command, act: Act): void {
  program
    .command('explain')
    .description('why the forecast of a match says what it says')
    .argument('<match>', 'number of the match, as `next --json` shows it', wholeNumber)
    .action((matchId: number) => act((session) => explain(session, matchId))());
}

async function explain({ host, console }: Session, matchId: number): Promise<undefined> {
  const explanation = await host.client.matches.explain({ matchId });
  console.document(explanation);
  const { locale } = console;
  const head = `${explanation.home} – ${explanation.away}, ${locale.shortDay(explanation.matchDay)}`;
  for (const line of [head, ...(explanation.sentences[locale.language] ?? [])]) {
    // Names come from outside: what could move the cursor or turn the line round is dropped.
    console.line(line.replaceAll(/[\p{Cc}\p{Cf}]/gu, ''));
  }
}
