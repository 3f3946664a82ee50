import { expect, test } from 'vitest';
import { runKinds } from '../../../../engine/contract/stages.ts';
import { settingKeys } from '../../../../engine/runtime/settings.ts';
import { channelForms, draftOf, settingsOf } from '../../../../renderer/screens/settings/channel-forms.ts';
import { startableKinds, startParameters } from '../../../../renderer/screens/runs/start-parameters.ts';
import enFrame from '../../../../renderer/texts/en/frame.json';
import enRuns from '../../../../renderer/texts/en/runs.json';
import enSettings from '../../../../renderer/texts/en/settings.json';
import ruFrame from '../../../../renderer/texts/ru/frame.json';
import ruSettings from '../../../../renderer/texts/ru/settings.json';

test('every setting has a name and an explanation in every language', () => {
  for (const { keys } of [enSettings, ruSettings]) {
    const worded = Object.entries(keys as Record<string, { label: string; help: string }>);
    expect(worded.map(([key]) => key).sort()).toEqual([...settingKeys].sort());
    for (const [key, { label, help }] of worded) {
      expect(label, key).not.toBe('');
      expect(help, key).toMatch(/\.$/);
    }
  }
});

test('every kind of run has a name in every language, and those of the form an explanation', () => {
  for (const { stages } of [enFrame, ruFrame]) {
    expect(runKinds.filter((kind) => !Object.hasOwn(stages, kind))).toEqual([]);
  }
  expect(Object.keys(enRuns.start.means).sort()).toEqual([...startableKinds].sort());
});

test('a run gets what was chosen for it and nothing that its kind does not know', () => {
  const choices = {
    championships: ['E0'],
    scope: 'today',
    date: '2026-11-21',
    source: ' csv ',
    from: '',
    force: true,
  } as const;
  expect(startParameters('getting', choices)).toEqual({
    championships: ['E0'],
    date: '2026-11-21',
    scope: 'today',
    source: 'csv',
    force: true,
  });
  expect(startParameters('evaluate', choices)).toEqual({ championships: ['E0'], date: '2026-11-21' });
  expect(startParameters('monitor', { ...choices, date: '' })).toEqual({});
});

test('a channel keeps through its form what the form does not know', () => {
  const kept = {
    host: 'mail.example',
    port: 465,
    certificate: 'pinned',
    recipients: [{ address: 'a@b.c', language: 'ru' }],
  };
  const draft = draftOf(channelForms.email!, kept);
  expect(draft).toMatchObject({ host: 'mail.example', recipients: 'a@b.c ru', senderName: 'Auspex' });
  expect(settingsOf(channelForms.email!, { ...draft, recipients: 'a@b.c ru\n d@e.f ' }, kept)).toMatchObject({
    port: 465,
    certificate: 'pinned',
    recipients: [
      { address: 'a@b.c', language: 'ru' },
      { address: 'd@e.f', language: 'en' },
    ],
  });
});
