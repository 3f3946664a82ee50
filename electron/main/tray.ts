import { Menu, nativeImage, Tray } from 'electron';
import { join } from 'node:path';
import type { Texts } from './texts.ts';

export interface TrayRequest {
  readonly icons: string;
  readonly platform: NodeJS.Platform;
  readonly texts: Texts;
  readonly working: boolean;
  open(): void;
  quit(): void;
}

/** The sign in the system's tray, by which the program goes on without a window. */
export class TraySign implements Disposable {
  #tray: Tray | undefined;

  show({ icons, platform, texts, working, open, quit }: TrayRequest): void {
    if (this.#tray === undefined) {
      const image = nativeImage.createFromPath(join(icons, trayIcon(platform)));
      image.setTemplateImage(platform === 'darwin');
      this.#tray = new Tray(image);
      this.#tray.on('click', open);
    }
    this.#tray.setToolTip(working ? texts.tray.working : texts.tray.idle);
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: texts.tray.open, click: open },
        { type: 'separator' },
        { label: texts.tray.quit, click: quit },
      ]),
    );
  }

  [Symbol.dispose](): void {
    this.#tray?.destroy();
    this.#tray = undefined;
  }
}

/** macOS colours a template itself; others take a picture that reads on dark and light bars. */
function trayIcon(platform: NodeJS.Platform): string {
  return platform === 'darwin' ? 'trayTemplate.png' : 'tray.png';
}
