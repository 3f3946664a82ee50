import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportFormats } from '../../../engine/contract/exports.ts';
import type { ExportFormat, ExportTable } from '../../../engine/contract/exports.ts';
import { createEngineHost, type EngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const table: ExportTable = {
  name: 'forecasts 21/11',
  title: 'Forecasts',
  subtitle: '21 November 2026',
  notes: ['Only home wins.'],
  zone: 'Europe/Moscow',
  columns: [
    { key: 'match.home', heading: 'Home', kind: 'text' },
    { key: 'probability', heading: 'Probability', kind: 'percent' },
    { key: 'kickOff', heading: 'Kick-off', kind: 'instant' },
    { key: 'odds', heading: 'Odds', kind: 'odds' },
    { key: 'isHit', heading: 'Hit', kind: 'flag' },
  ],
  rows: [
    ['=HYPERLINK("x")<b>', 0.123456789012, Date.UTC(2026, 10, 21, 15), 2.5, true],
    ['Ёлки', null, null, null, null],
  ],
};

const folder = temporaryFolder();
let host: EngineHost;
beforeAll(() => {
  host = createEngineHost({
    paths: resolvePaths({ home: folder.join('home') }),
    clock: { now: () => Date.UTC(2026, 10, 21, 9) },
    threads: 1,
  });
});
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function written(format: ExportFormat, of: ExportTable = table) {
  let head: { name: string; mediaType: string; bytes: number } | undefined;
  const pieces: Buffer[] = [];
  for await (const piece of await host.client.exports.table({ table: of, format, language: 'en' })) {
    if (piece.kind === 'head') head = piece;
    else pieces.push(Buffer.from(piece.base64, 'base64'));
  }
  return { head: head!, bytes: Buffer.concat(pieces) };
}

describe('a table of a screen', () => {
  test('is written by the writers of the published documents, with every digit and no formula', async () => {
    const { head, bytes } = await written('csv');
    expect(head).toMatchObject({ name: 'forecasts-21-11.csv', bytes: bytes.byteLength });
    expect(bytes.toString('utf8')).toBe(
      '\ufeffHome,Probability,Kick-off,Odds,Hit\r\n' +
        '"\'=HYPERLINK(""x"")<b>",0.123456789012,2026-11-21T15:00:00.000Z,2.5,true\r\n' +
        'Ёлки,,,,\r\n',
    );
  });

  test('keeps its stable names in JSON and its words in a page', async () => {
    const json = JSON.parse((await written('json')).bytes.toString('utf8')) as { rows: unknown[] };
    expect(json.rows[0]).toMatchObject({
      match: { home: '=HYPERLINK("x")<b>' },
      probability: 0.123456789012,
    });
    const page = (await written('html')).bytes.toString('utf8');
    expect(page).toContain('12.3%');
    expect(page).toContain('21 Nov 2026, 18:00');
    expect(page).not.toContain('<b>"');
  });

  test('comes in each of the formats that are offered', async () => {
    const starts: Record<ExportFormat, string> = {
      csv: '\ufeff',
      xlsx: 'PK',
      json: '{',
      html: '<!doctype html>',
      md: '# ',
      pdf: '%PDF',
    };
    expect((await host.client.exports.formats()).map(({ format }) => format)).toEqual([...exportFormats]);
    for (const format of exportFormats) {
      const { bytes } = await written(format);
      expect([format, bytes.toString('utf8').startsWith(starts[format])]).toEqual([format, true]);
    }
  });

  test('arrives whole when it is longer than one piece', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => [`team ${at}`, at / 20_000, null, 1.5, false]);
    const { head, bytes } = await written('csv', { ...table, rows });
    expect(bytes.byteLength).toBe(head.bytes);
    expect(bytes.byteLength).toBeGreaterThan(400_000);
    expect(bytes.toString('utf8').trimEnd().split('\r\n')).toHaveLength(20_001);
  });

  test('is refused where a format has no room for it, before any work', async () => {
    const rows = Array.from({ length: 2_001 }, () => ['a', null, null, null, null]);
    await expect(written('pdf', { ...table, rows })).rejects.toMatchObject({ data: { code: 'USAGE' } });
  });

  test('is saved beside earlier ones, and its name never leads elsewhere', async () => {
    const hostile = { ...table, name: '../../etc/con\u0000.csv' };
    const first = await host.client.exports.save({ table: hostile, format: 'xlsx', language: 'ru' });
    const second = await host.client.exports.save({ table: hostile, format: 'xlsx', language: 'ru' });
    expect(first.path).toBe(folder.join('home', 'exports', 'etc-con-csv.xlsx'));
    expect(second.path).toBe(folder.join('home', 'exports', 'etc-con-csv-2.xlsx'));
    expect(existsSync(second.path)).toBe(true);
    const parts = unzipSync(new Uint8Array(await readFile(first.path)));
    const sheet = new TextDecoder().decode(parts['xl/worksheets/sheet1.xml']);
    expect(sheet).toContain('0.123456789012');
    expect(sheet).not.toContain('<f>');
  });
});
