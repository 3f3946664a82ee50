import { expect, test } from 'vitest';
import { openWriter } from '../../../db/client.ts';
import { createEngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { createForecastDatabase } from '../../fixtures/forecast-database.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

test('a watch that raises an alert says so to whoever listens, once, and the alert stays until it is calm', async () => {
  using folder = temporaryFolder();
  const paths = resolvePaths({ home: folder.path });
  const database = openWriter(paths.database);
  const made = createForecastDatabase(database);
  made.addChampionship({ code: 'E0' });
  for (const day of ['2024-02-10', '2024-02-11'])
    made.addMatch({ championship: 'E0', day, home: 'A', away: 'B', goals: [1, 0] });
  database.close();

  let now = Date.parse('2024-03-01T08:00:00Z');
  await using host = createEngineHost({ paths, clock: { now: () => now }, threads: 1 });
  const titles: string[] = [];
  using events = host.context.events.listen();
  const listening = (async () => {
    for await (const event of events) if (event.kind === 'alert') titles.push(event.title);
  })();
  const look = async () => {
    const { runId } = await host.client.runs.start({ stage: 'monitor', parameters: {} });
    for await (const event of await host.client.runs.watch({ runId })) void event;
    now += 86_400_000;
    return host.client.monitoring.alerts({});
  };
  const [alert] = await look();
  expect(alert).toMatchObject({ rule: 'duplicate-matches', subject: 'E0', severity: 'warning' });
  expect(titles).toEqual([expect.stringContaining('Matches are there twice.')]);
  expect((await host.client.monitoring.acknowledge({ id: alert!.id })).acknowledgedAt).not.toBeNull();
  expect(await look()).toHaveLength(1);
  expect(titles).toHaveLength(1);

  host.context.writer().sqlite.exec("DELETE FROM match WHERE match_day = '2024-02-11'");
  expect(await look()).toHaveLength(1);
  expect(await look()).toEqual([]);
  const [cleared] = await host.client.monitoring.alerts({ isOpenOnly: false });
  expect(cleared!.clearedAt).toBe(Date.parse('2024-03-04T08:00:00Z'));
  expect(await host.client.monitoring.days({})).toHaveLength(4);
  await expect(host.client.monitoring.acknowledge({ id: 99 })).rejects.toThrow('There is no alert 99.');
  events[Symbol.dispose]();
  await listening;
});
