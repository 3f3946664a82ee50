import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { FoldModel } from '../../../engine/contract/models.ts';
import { saveFile } from '../../components/save-file.ts';
import { client } from '../../connection/client.ts';
import { notify } from '../../frame/notify.ts';

/** Saves the model trained last, for other programs (ONNX) or with everything in it (JSON). */
export function ModelExport({ id, folds }: { readonly id: number; readonly folds: readonly FoldModel[] }) {
  const { t } = useTranslation('models');
  const saving = useMutation({
    mutationFn: (format: 'onnx' | 'json') => client.models.export({ id, format }),
    onSuccess: ({ fileName, mediaType, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      saveFile(fileName, new Blob([bytes], { type: mediaType }));
      notify.success(t('export.saved', { name: fileName }));
    },
    onError: notify.failure,
  });
  return (
    <Menu width={240}>
      <Menu.Target>
        <Button variant="default" loading={saving.isPending} disabled={folds.length === 0}>
          {t('export.open')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['onnx', 'json'] as const).map((format) => (
          <Menu.Item
            key={format}
            onClick={() => {
              saving.mutate(format);
            }}
          >
            {t(`export.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
