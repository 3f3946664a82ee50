import { describe, expect, test } from 'vitest';
import {
  changeTab,
  closeOtherTabs,
  closeTab,
  goneTo,
  moveTab,
  neighbourTab,
  openTab,
  readTabs,
  reopenTab,
  startTabs,
} from '../../../../renderer/frame/tabs/tabs-state.ts';
import type { Tabs } from '../../../../renderer/frame/tabs/tabs-state.ts';

const addresses = ({ tabs, activeId }: Tabs) =>
  tabs.map(({ id, address }) => (id === activeId ? `[${address}]` : address)).join(' ');
const three = openTab(openTab(startTabs('/a'), '/b'), '/c');

describe('tabs', () => {
  test('open beside the active one and become active', () => {
    expect(addresses(three)).toBe('/a /b [/c]');
    const first = { ...three, activeId: three.tabs[0]!.id };
    expect(addresses(openTab(first, '/d'))).toBe('/a [/d] /b /c');
    expect(addresses(openTab(first, '/d', false))).toBe('[/a] /d /b /c');
  });

  test('give way to their neighbour when they close, and the last one to the first screen', () => {
    expect(addresses(closeTab(three, three.activeId))).toBe('/a [/b]');
    expect(addresses(closeTab({ ...three, activeId: three.tabs[0]!.id }, three.tabs[0]!.id))).toBe('[/b] /c');
    const one = startTabs('/a');
    expect(addresses(closeTab(one, one.activeId))).toBe('[/today]');
  });

  test('come back in the order in which they were closed last', () => {
    const closed = closeTab(closeTab(three, three.tabs[1]!.id), three.activeId);
    expect(addresses(reopenTab(closed))).toBe('/a [/c]');
    expect(addresses(reopenTab(reopenTab(closed)))).toBe('/a /c [/b]');
    expect(reopenTab(startTabs('/a'))).toEqual(startTabs('/a'));
  });

  test('close beside one that stays', () => {
    expect(addresses(closeOtherTabs(three, three.tabs[1]!.id))).toBe('[/b]');
  });

  test('follow the router: an address that is open becomes active, another one is gone to', () => {
    expect(addresses(goneTo(three, '/a'))).toBe('[/a] /b /c');
    expect(addresses(goneTo(three, '/d'))).toBe('/a /b [/d]');
    const scrolled = changeTab(three, three.activeId, { title: 'C', scroll: { main: 50 } });
    expect(goneTo(scrolled, '/d').tabs[2]).toMatchObject({ title: '', scroll: {} });
    expect(goneTo(scrolled, '/c?part=why').tabs[2]).toMatchObject({ title: 'C', scroll: { main: 50 } });
  });

  test('move within the strip and go round', () => {
    expect(addresses(moveTab(three, three.activeId, -1))).toBe('/a [/c] /b');
    expect(addresses(moveTab(three, three.activeId, 5))).toBe('/a /b [/c]');
    expect(addresses(neighbourTab(three, 1))).toBe('[/a] /b /c');
    expect(addresses(neighbourTab(three, -1))).toBe('/a [/b] /c');
  });
});

test('how far a tab was scrolled is read back, if it was kept in this form', () => {
  const read = (scroll: unknown) => readTabs({ tabs: [{ id: 1, address: '/x', scroll }] })?.tabs[0]?.scroll;
  expect(read({ main: 40, 'grid matches': 9000, other: '7' })).toEqual({ main: 40, 'grid matches': 9000 });
  for (const wrong of [50, null, 'far', undefined]) expect(read(wrong)).toEqual({});
});

test('kept tabs are read back, and whatever else was kept is not', () => {
  const kept = JSON.parse(JSON.stringify({ tabs: three.tabs, activeId: three.activeId })) as unknown;
  expect(addresses(readTabs(kept)!)).toBe('/a /b [/c]');
  expect(readTabs({ tabs: [{ id: 1, address: 'javascript:alert(1)' }] })).toBeUndefined();
  expect(readTabs({ tabs: [{ id: 7, address: '/x' }], activeId: 9 })?.activeId).toBe(7);
  for (const wrong of [null, undefined, 3, [], { tabs: 'none' }]) expect(readTabs(wrong)).toBeUndefined();
});
