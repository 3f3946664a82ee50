import { expect, test } from 'vitest';
import {
  channelForms,
  draftOf,
  isAsked,
  settingsOf,
} from '../../../renderer/screens/settings/channel-forms.ts';

const email = channelForms.email!;
const filled = {
  ...draftOf(email),
  host: 'mail.example.org',
  from: 'a@example.org',
  recipients: 'b@example.org ru',
};
const asked = (draft: ReturnType<typeof draftOf>) =>
  email.fields.filter((field) => isAsked(field, draft)).map(({ key }) => key);

test('an e-mail channel asks for the token service only where it signs in by OAuth 2', () => {
  expect(asked(filled)).not.toContain('oauth2.address');
  expect(asked({ ...filled, authentication: 'oauth2' })).toEqual(
    expect.arrayContaining(['user', 'oauth2.clientId', 'oauth2.address']),
  );
  expect(asked({ ...filled, authentication: 'none' })).not.toContain('user');
});

test('what belongs together is kept together, comes back into the form, and goes when it is not asked for', () => {
  const oauth2 = { clientId: 'app', address: 'https://login.example.org/token' };
  const draft = {
    ...filled,
    ...{ authentication: 'oauth2', 'oauth2.clientId': oauth2.clientId, 'oauth2.address': oauth2.address },
  };
  const settings = settingsOf(email, draft, { certificate: 'pinned' });
  expect(settings).toMatchObject({ authentication: 'oauth2', oauth2, certificate: 'pinned' });
  expect(draftOf(email, settings)).toMatchObject({ 'oauth2.clientId': 'app' });
  expect(settingsOf(email, { ...draft, authentication: 'password' }, settings)).not.toHaveProperty('oauth2');
});

test('an access token that is used as it is needs no service', () => {
  expect(settingsOf(email, { ...filled, authentication: 'oauth2' })).not.toHaveProperty('oauth2');
});

test('alerts are carried from the severity that is chosen, and are no setting where none is', () => {
  const form = channelForms['webhook']!;
  const draft = { ...draftOf(form), address: 'https://example.org/' };
  expect(settingsOf(form, draft)).toEqual({ address: 'https://example.org/' });
  const critical = settingsOf(form, { ...draft, alerts: 'critical' });
  expect(critical).toEqual({ address: 'https://example.org/', alerts: 'critical' });
  expect(settingsOf(form, { ...draftOf(form, critical), alerts: 'never' }, critical)).not.toHaveProperty(
    'alerts',
  );
  expect(channelForms['site']!.fields.some(({ key }) => key === 'alerts')).toBe(false);
});
