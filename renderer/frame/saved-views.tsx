import { Badge, Button, Group, Menu, Modal, Textarea, TextInput } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icons.tsx';
import { notify } from './notify.ts';
import { readViewText, viewText } from './views/view-values.ts';
import { useViews } from './views/use-views.ts';

/** The bar of saved views: what a screen's search parameters hold, under names. */
export function SavedViews({ screen }: { readonly screen: string }) {
  const { t } = useTranslation('frame');
  const { views, chosen, isChanged, choose, reset, save, add, setDefault, remove } = useViews(screen);
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const [dialogue, setDialogue] = useState<'name' | 'paste'>();
  const close = () => {
    setDialogue(undefined);
  };
  return (
    <Group gap={6} wrap="nowrap" role="group" aria-label={t('views.label')}>
      {isChanged && (
        <>
          <Badge
            tt="none"
            style={{
              flexShrink: 0,
              background: 'var(--ax-warning-soft)',
              color: 'var(--ax-warning)',
            }}
          >
            {t('views.changed')}
          </Badge>
          <Button variant="subtle" onClick={reset}>
            {t('views.reset')}
          </Button>
          {chosen && (
            <Button
              variant="subtle"
              onClick={() => {
                save(chosen.name);
              }}
            >
              {t('views.save')}
            </Button>
          )}
        </>
      )}
      <Menu>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<Icon name="bookmark" size={14} />}
            rightSection={<Icon name="chevron" size={12} />}
          >
            <span dir="auto">{chosen?.name ?? t('views.standard')}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('views.label')}</Menu.Label>
          <Menu.Item
            rightSection={chosen ? null : <Icon name="check" size={14} />}
            onClick={() => {
              choose(undefined);
            }}
          >
            {t('views.standard')}
          </Menu.Item>
          {views.map((view) => (
            <Menu.Item
              key={view.name}
              rightSection={
                view.name === chosen?.name ? (
                  <Icon name="check" size={14} />
                ) : view.isDefault ? (
                  <Badge size="xs" variant="light" tt="none">
                    {t('views.is-default')}
                  </Badge>
                ) : null
              }
              onClick={() => {
                choose(view);
              }}
            >
              <span dir="auto">{view.name}</span>
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            onClick={() => {
              setDialogue('name');
            }}
          >
            {t('views.save-as')}
          </Menu.Item>
          {chosen && (
            <>
              <Menu.Item
                onClick={() => {
                  setDefault(chosen.isDefault ? undefined : chosen.name);
                }}
              >
                {chosen.isDefault ? t('views.not-default') : t('views.default')}
              </Menu.Item>
              <Menu.Item
                onClick={() => {
                  remove(chosen);
                }}
              >
                {t('views.remove')}
              </Menu.Item>
            </>
          )}
          <Menu.Divider />
          <Menu.Item
            onClick={() => {
              const text = viewText(screen, { name: chosen?.name ?? t('views.standard'), search });
              void navigator.clipboard.writeText(text).then(() => {
                notify.success(t('views.copied'));
              });
            }}
          >
            {t('views.copy')}
          </Menu.Item>
          <Menu.Item
            onClick={() => {
              setDialogue('paste');
            }}
          >
            {t('views.paste')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialogue === 'name' && <NameDialogue onSave={save} onClose={close} />}
      {dialogue === 'paste' && <PasteDialogue screen={screen} onAdd={add} onClose={close} />}
    </Group>
  );
}

function NameDialogue(props: { readonly onSave: (name: string) => void; readonly onClose: () => void }) {
  const { t } = useTranslation('frame');
  const [name, setName] = useState('');
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('views.save-as')}
      closeButtonProps={{ 'aria-label': t('views.cancel') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === '') return;
          props.onSave(name.trim());
          props.onClose();
        }}
      >
        <TextInput
          data-autofocus
          label={t('views.name')}
          maxLength={100}
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
          }}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={props.onClose}>
            {t('views.cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === ''}>
            {t('views.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

function PasteDialogue(props: {
  readonly screen: string;
  readonly onAdd: (view: NonNullable<ReturnType<typeof readViewText>>) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('frame');
  const [text, setText] = useState('');
  const view = readViewText(props.screen, text);
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('views.paste')}
      closeButtonProps={{ 'aria-label': t('views.cancel') }}
    >
      <Textarea
        data-autofocus
        label={t('views.paste-label')}
        rows={8}
        spellCheck={false}
        value={text}
        error={text.trim() !== '' && !view ? t('views.paste-wrong') : undefined}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={props.onClose}>
          {t('views.cancel')}
        </Button>
        <Button
          disabled={!view}
          onClick={() => {
            if (view) props.onAdd(view);
            props.onClose();
          }}
        >
          {t('views.add')}
        </Button>
      </Group>
    </Modal>
  );
}
