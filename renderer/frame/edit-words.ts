import type { TFunction } from 'i18next';
import type { Edit } from '../../engine/contract/workspace.ts';

/** What an edit changed, as the analyst calls it. */
export function editWords({ kind, subject }: Pick<Edit, 'kind' | 'subject'>, t: TFunction): string {
  if (kind === 'setting')
    return t('frame:undo.of.setting', {
      name: t(`settings:keys.${subject}.label`, { defaultValue: subject }),
    });
  if (kind === 'channel') return t('frame:undo.of.channel', { name: subject });
  const [item = '', ...rest] = subject.split('/');
  if (item === 'shortcut') return t('frame:undo.of.shortcut');
  // A view is named with its screen before it.
  if (item === 'view') return t('frame:undo.of.view', { name: rest.slice(1).join('/') });
  return t('frame:undo.of.item', { name: rest.join('/') });
}
