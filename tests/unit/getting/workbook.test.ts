import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { readWorkbook } from '../../../engine/football/getting/imports/workbook.ts';
import { AppError } from '../../../engine/contract/errors.ts';
import { looksLikeWorkbook } from '../../../engine/football/getting/imports/workbook-parts.ts';
import { faultCount, tried } from '../../fixtures/faults.ts';
import { mutatedBytes } from '../../fixtures/mutation.ts';

const book = (sheets: string) => `<workbook xmlns:r="r"><sheets>${sheets}</sheets></workbook>`;
const oneSheet = book('<sheet name="Data" sheetId="1" r:id="rId1"/>');
const relations = ['1', '2']
  .map((id) => `<Relationship Id="rId${id}" Target="worksheets/sheet${id}.xml"/>`)
  .join('');

/** A workbook of the parts given; what is left out is as small as it can be. */
function workbook(parts: Readonly<Record<string, string>>): Uint8Array {
  const all = { 'xl/workbook.xml': oneSheet, 'xl/_rels/workbook.xml.rels': relations, ...parts };
  return zipSync(Object.fromEntries(Object.entries(all).map(([path, text]) => [path, strToU8(text)])));
}
const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
const rowsOf = (rows: string, parts: Readonly<Record<string, string>> = {}) =>
  readWorkbook(workbook({ 'xl/worksheets/sheet1.xml': sheet(rows), ...parts })).rows;

describe('a workbook', () => {
  test('as other programs write it is read to the last digit, days and times as such', async () => {
    const kickOff = new Date('2024-05-01T15:30:00Z');
    const bytes = await writeExcelFile(
      [
        {
          sheet: 'Матчи',
          data: [
            ['Date', 'Time', 'Home', 'Goals', 'Price', 'Played'].map((value) => ({ value })),
            [
              { value: kickOff, type: Date, format: 'dd/mm/yyyy' },
              { value: kickOff, type: Date, format: 'hh:mm' },
              { value: 'Ротор & <Ко>' },
              { value: 3 },
              { value: 2.1 },
              { value: true },
            ],
          ],
        },
        { sheet: 'Notes', data: [[{ value: 'how to read it' }]] },
      ],
      {},
    ).toBuffer();
    expect(looksLikeWorkbook(bytes)).toBe(true);
    const { names, chosen, rows } = readWorkbook(bytes);
    expect([names, chosen]).toEqual([['Матчи', 'Notes'], 'Матчи']);
    expect(rows[1]).toEqual(['2024-05-01 15:30', '15:30', 'Ротор & <Ко>', '3', '2.1', 'TRUE']);
    expect(readWorkbook(bytes, 'Notes').rows).toEqual([['how to read it']]);
    expect(() => readWorkbook(bytes, 'Elsewhere')).toThrow('has no sheet "Elsewhere"; it has: Матчи, Notes.');
  });

  test('keeps the places of cells and rows that are left out', () => {
    const rows = rowsOf('<row r="3"><c r="A3"><v>1</v></c><c r="C3"><v>3</v></c></row><row r="6"/>');
    expect(rows).toEqual([['1', '', '3']]);
    expect(rowsOf('<row r="1"><c r="B1"><v>1</v></c></row><row r="3"><c><v>2</v></c></row>')).toEqual([
      ['', '1'],
      ['', ''],
      ['2', ''],
    ]);
  });

  test('is read whichever way its texts are kept, without the readings beside them', () => {
    const shared =
      '<sst><si><t>one</t></si><si><r><t>t</t></r><r><t xml:space="preserve">wo </t></r><rPh sb="0"><t>x</t></rPh></si></sst>';
    const cells =
      '<row><c t="s"><v>1</v></c><c t="inlineStr"><is><t>A &amp; B &#1071;</t></is></c><c t="str"><f>"x"</f><v>x</v></c><c t="e"><v>#N/A</v></c><c t="s"><v>9</v></c></row>';
    expect(rowsOf(cells, { 'xl/sharedStrings.xml': shared })).toEqual([['two ', 'A & B Я', 'x', '#N/A', '']]);
    expect(
      readWorkbook(
        workbook({
          'xl/worksheets/sheet1.xml':
            '<x:worksheet><x:row><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:worksheet>',
        }),
      ).rows,
    ).toEqual([['7']]);
  });

  test.each([
    ['45413', '14', '2024-05-01'],
    ['45413.625', '22', '2024-05-01 15:00'],
    ['0.625', '20', '15:00'],
    ['60', '1', '60'],
    ['1', '14', '1900-01-01'],
    ['61', '14', '1900-03-01'],
    ['45413', '164', '2024-05-01'],
    ['45413', '165', '45413'],
    ['2.10', '0', '2.1'],
  ])('a cell of %s in the format %s reads %s', (value, format, text) => {
    const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-419]d\\ mmmm\\ yyyy"/><numFmt numFmtId="165" formatCode="0.0 &quot;days&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="${format}"/></cellXfs></styleSheet>`;
    expect(rowsOf(`<row><c s="1"><v>${value}</v></c></row>`, { 'xl/styles.xml': styles })).toEqual([[text]]);
  });

  test('that counts its days from 1904 gives the same days', () => {
    const styles = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>';
    const parts = {
      'xl/styles.xml': styles,
      'xl/workbook.xml': oneSheet.replace('<sheets>', '<workbookPr date1904="1"/><sheets>'),
    };
    expect(rowsOf('<row><c><v>43951</v></c></row>', parts)).toEqual([['2024-05-01']]);
  });

  test('passes over hidden sheets and those without rows', () => {
    const parts = {
      'xl/workbook.xml': book(
        '<sheet name="Secret" state="hidden" r:id="rId1"/><sheet name="Empty" r:id="rId2"/>',
      ),
      'xl/worksheets/sheet1.xml': sheet('<row><c><v>1</v></c></row><row><c><v>2</v></c></row>'),
      'xl/worksheets/sheet2.xml': sheet(''),
    };
    expect(readWorkbook(workbook(parts))).toEqual({ names: ['Empty'], chosen: 'Empty', rows: [] });
  });
});

describe('what is no workbook, or one that was made to do harm', () => {
  const refusal = (bytes: Uint8Array): string => {
    try {
      readWorkbook(bytes);
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
    return 'read';
  };

  test('is refused with its own code', () => {
    expect(refusal(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 2))).toBe('FILE_FORMAT');
    expect(refusal(zipSync({ 'a.txt': strToU8('a') }))).toBe('FILE_FORMAT');
    expect(refusal(workbook({}).subarray(0, 60))).toBe('FILE_FORMAT');
    expect(refusal(workbook({ 'xl/worksheets/sheet1.xml': '<row><c><v>1</v></c>' }))).toBe('FILE_TRUNCATED');
    expect(refusal(workbook({ 'xl/worksheets/sheet1.xml': '<!DOCTYPE a [<!ENTITY b "c">]><row/>' }))).toBe(
      'FILE_FORMAT',
    );
    expect(refusal(workbook({ 'xl/workbook.xml': book('') }))).toBe('FILE_FORMAT');
    expect(
      refusal(workbook({ 'xl/worksheets/sheet1.xml': sheet('<row><c r="ZZZ1"><v>1</v></c></row>') })),
    ).toBe('SOURCE_TOO_LARGE');
  });

  test('is refused by what it claims to hold, before anything is unpacked', () => {
    const survived = [tried('zip and XML bombs'), tried('zip and XML bombs')];
    const bytes = workbook({ 'xl/worksheets/sheet1.xml': sheet('') });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // The directory at the end says how large each part is.
    for (let at = 0; at < bytes.length - 4; at++) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 900_000_000, true);
    }
    expect(refusal(bytes)).toBe('SOURCE_TOO_LARGE');
    const many = Object.fromEntries(Array.from({ length: 4001 }, (_, i) => [`p${String(i)}`, '']));
    expect(refusal(workbook(many))).toBe('SOURCE_TOO_LARGE');
    for (const survive of survived) survive();
  });

  test('is read or refused with a code, wherever its bytes are broken', () => {
    const shared = '<sst><si><t>one</t></si><si><r><t>t</t></r><rPh><t>x</t></rPh></si></sst>';
    const rows = '<row r="2"><c r="A2" t="s"><v>1</v></c><c s="1"><v>45413.5</v></c></row><row/>';
    const survives = (bytes: Uint8Array) => {
      const survived = tried('tables, workbooks and other files');
      try {
        readWorkbook(bytes);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        expect(error.code).toMatch(/^(FILE_|SOURCE_TOO_LARGE)/);
      }
      survived();
    };
    const whole = workbook({ 'xl/worksheets/sheet1.xml': sheet(rows), 'xl/sharedStrings.xml': shared });
    const options = { numRuns: faultCount(15) * 20, seed: 20261121 };
    fc.assert(fc.property(mutatedBytes(whole), survives), options);
    fc.assert(
      fc.property(mutatedBytes(strToU8(sheet(rows))), mutatedBytes(strToU8(shared)), (cells, texts) => {
        survives(
          zipSync({
            'xl/workbook.xml': strToU8(oneSheet),
            'xl/_rels/workbook.xml.rels': strToU8(relations),
            'xl/worksheets/sheet1.xml': cells,
            'xl/sharedStrings.xml': texts,
          }),
        );
      }),
      options,
    );
  });
});
