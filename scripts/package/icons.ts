import { Resvg } from '@resvg/resvg-js';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { icnsOf, icoOf } from './icon-files.ts';

const drawings = fileURLToPath(new URL('../../resources/icons/', import.meta.url));

/** Draws every icon that a system asks for from the two drawings in `resources/icons`. */
export function writeIcons(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const drawing = readFileSync(join(drawings, 'auspex.svg'), 'utf8');
  const tray = readFileSync(join(drawings, 'tray.svg'), 'utf8');
  const picture = (size: number): Buffer => draw(drawing, size);
  const write = (name: string, bytes: Uint8Array): void => {
    writeFileSync(join(folder, name), bytes);
  };
  write('icon.png', picture(1024));
  write('icon.ico', icoOf([16, 24, 32, 48, 64, 128, 256].map((size) => ({ size, png: picture(size) }))));
  write('icon.icns', icnsOf(picture));
  // Linux chooses among these by their names.
  mkdirSync(join(folder, 'linux'), { recursive: true });
  for (const size of [16, 32, 48, 64, 128, 256, 512])
    write(join('linux', `${size}x${size}.png`), picture(size));
  // macOS colours a black template itself; other bars may be dark or light, and this violet reads on both.
  write('trayTemplate.png', draw(tray, 16));
  write('trayTemplate@2x.png', draw(tray, 32));
  const coloured = tray.replaceAll('#000000', '#8b7cf6');
  write('tray.png', draw(coloured, 32));
  write('tray@2x.png', draw(coloured, 64));
}

function draw(svg: string, size: number): Buffer {
  return new Resvg(svg, { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } })
    .render()
    .asPng();
}
