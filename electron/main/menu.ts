import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../engine/contract/desktop.ts';
import type { Texts } from './texts.ts';

export interface MenuRequest {
  readonly texts: Texts;
  readonly platform: NodeJS.Platform;
  /** The page's own commands: the same data that its palette and keys go by. */
  readonly commands: readonly MenuCommand[];
  readonly safeMode: boolean;
  /** Developer tools are for those who build the program. */
  readonly development: boolean;
  run(command: string): void;
  newWindow(): void;
  leaveSafeMode(): void;
}

/** The native menu: the system's own roles where there are such, the page's commands beside them. */
export function menuTemplate(request: MenuRequest): MenuItemConstructorOptions[] {
  const { texts, platform, development } = request;
  const mac = platform === 'darwin';
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: texts.menu.file,
      submenu: [
        { label: texts.menu.newWindow, accelerator: 'CmdOrCtrl+Shift+N', click: request.newWindow },
        ...items(request, 'file'),
        ...(request.safeMode
          ? [separator, { label: texts.menu.leaveSafeMode, click: request.leaveSafeMode }]
          : []),
        separator,
        { role: 'close' },
        ...(mac ? [] : [{ role: 'quit', label: texts.menu.quit } as const]),
      ],
    },
    { label: texts.menu.edit, role: 'editMenu' },
    {
      label: texts.menu.view,
      submenu: [
        ...items(request, 'view'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(development
          ? [
              separator,
              { role: 'reload', label: texts.menu.reload } as const,
              { role: 'toggleDevTools', label: texts.menu.developerTools } as const,
            ]
          : []),
      ],
    },
    ...(['go', 'run'] as const).flatMap((menu) => {
      const submenu = items(request, menu);
      return submenu.length > 0 ? [{ label: texts.menu[menu], submenu }] : [];
    }),
    { label: texts.menu.window, role: 'windowMenu' },
    { label: texts.menu.help, role: 'help', submenu: [...items(request, 'help')] },
  ];
}

export function showMenu(request: MenuRequest): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(request)));
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

function items({ commands, run }: MenuRequest, menu: MenuCommand['menu']): MenuItemConstructorOptions[] {
  return commands
    .filter((command) => command.menu === menu)
    .map(({ id, title, accelerator, enabled }) => ({
      // An ampersand would become a mnemonic.
      label: title.replaceAll('&', '&&'),
      enabled,
      click: () => {
        run(id);
      },
      // Shown only: the page hears its keys itself, by their place and with the analyst's own changes.
      ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    }));
}
