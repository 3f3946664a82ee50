import { describe, expect, test } from 'vitest';
import {
  faultKinds,
  faultNote,
  faultReport,
  readFaultAccount,
  type FaultKind,
} from '../../../scripts/faults/account.ts';

const kinds = Object.keys(faultKinds) as FaultKind[];
const survival = (kind: FaultKind) => faultNote('tried', kind) + faultNote('survived', kind);
const everything = kinds.map(survival).join('');

describe('the account of the faults', () => {
  test('counts what was tried of each kind, faults and bad inputs apart', () => {
    const { text, isClean } = faultReport(readFaultAccount(everything + survival('disk full')));
    expect(isClean).toBe(true);
    expect(text).toMatch(/^disk full +2 +0$/m);
    expect(text).toMatch(/^faults tried +13$/m);
    expect(text).toMatch(/^bad inputs tried +5$/m);
    expect(text).toMatch(/^lost +0$/m);
  });

  test('takes a fault that began and was never survived for lost', () => {
    const { text, isClean } = faultReport(readFaultAccount(everything + faultNote('tried', 'disk full')));
    expect(isClean).toBe(false);
    expect(text).toMatch(/^disk full +2 +1$/m);
    expect(text).toMatch(/^lost +1$/m);
  });

  test('names the kinds that were not tried at all, and is not clean without them', () => {
    const notes = kinds.filter((kind) => kind !== 'pipeline killed').map(survival);
    const { text, isClean } = faultReport(readFaultAccount(notes.join('')));
    expect(isClean).toBe(false);
    expect(text).toMatch(/^not tried at all: pipeline killed$/m);
  });

  test.each(['tried\tsunspots\n', 'lost\tdisk full\n', 'tried'])('refuses %j, which is no note', (line) => {
    expect(() => readFaultAccount(everything + line)).toThrow('no note');
  });
});
