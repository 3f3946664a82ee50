import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { exportFormats, mostExportRows } from '../../engine/contract/exports.ts';
import type { ExportFormat, ExportTable } from '../../engine/contract/exports.ts';
import { client } from '../connection/client.ts';
import { notify } from '../frame/notify.ts';
import { useFormat } from './format.ts';
import { saveFile } from './save-file.ts';

export interface ExportMenuProps {
  /** How many rows there are, so that formats which take fewer say so. */
  readonly rows: number;
  /** Gathers the table when a format is chosen; everything that the filters let through, not only what is in sight. */
  readonly table: (signal: AbortSignal) => ExportTable | Promise<ExportTable>;
}

/** Saves a table through the engine's own writers, the very ones that make the published documents. */
export function ExportMenu({ rows, table }: ExportMenuProps) {
  const { t } = useTranslation('components');
  const format = useFormat();
  const { language } = format.preferences;
  const saving = useMutation({
    mutationFn: async (chosen: ExportFormat) => {
      const signal = AbortSignal.timeout(300_000);
      return receive({ table: await table(signal), format: chosen, language }, signal);
    },
    onSuccess: ({ name, content }) => {
      saveFile(name, content);
      notify.success(t('export.saved', { name }));
    },
    onError: notify.failure,
  });
  return (
    <Menu position="bottom-end" shadow="sm" width={240}>
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          loading={saving.isPending}
          disabled={rows === 0}
          aria-label={saving.isPending ? t('export.progress') : undefined}
        >
          {t('export.open')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {exportFormats.map((one) => {
          const isTooLong = rows > mostExportRows[one];
          const name = t(`export.as.${one}`);
          return (
            <Menu.Item
              key={one}
              disabled={isTooLong}
              onClick={() => {
                saving.mutate(one);
              }}
            >
              {isTooLong
                ? t('export.too-long', { format: name, rows: format.count(mostExportRows[one]) })
                : name}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ReceivedFile {
  readonly name: string;
  readonly content: Blob;
}

/** Puts the pieces of a file together as they come. */
async function receive(
  request: { table: ExportTable; format: ExportFormat; language: 'en' | 'ru' },
  signal: AbortSignal,
): Promise<ReceivedFile> {
  let name = request.table.name;
  let type = 'application/octet-stream';
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of await client.exports.table(request, { signal })) {
    if (piece.kind === 'head') {
      name = piece.name;
      type = piece.mediaType;
    } else {
      parts.push(Uint8Array.from(atob(piece.base64), (letter) => letter.charCodeAt(0)));
    }
  }
  return { name, content: new Blob(parts, { type }) };
}
