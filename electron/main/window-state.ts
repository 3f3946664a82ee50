import type { Rectangle } from 'electron';

/** As large as it may get on a first start, and small enough for the screens' narrowest layout. */
export const smallestSize = { width: 800, height: 560 };
const firstSize = { width: 1440, height: 900 };

/** How much of a window must be on a screen to be taken hold of. */
const graspable = 80;

/**
 * Where a window is put: where it was, if enough of it is on a screen that is still there, else in the middle of the
 * first screen.
 *
 * @param workAreas The screens' areas without the system's bars, the main one first.
 */
export function placeWindow(before: Rectangle | undefined, workAreas: readonly Rectangle[]): Rectangle {
  const [main = { x: 0, y: 0, ...firstSize }] = workAreas;
  if (before !== undefined) {
    const area = workAreas.find((one) => isGraspable(before, one));
    if (area !== undefined) return { ...before, ...fittingSize(before, area) };
  }
  const size = fittingSize(before ?? firstSize, main);
  return {
    x: main.x + Math.round((main.width - size.width) / 2),
    y: main.y + Math.round((main.height - size.height) / 2),
    ...size,
  };
}

/** The title bar must be within reach: its height is at the window's upper edge. */
function isGraspable(window: Rectangle, area: Rectangle): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return across >= graspable && window.y >= area.y && window.y <= area.y + area.height - graspable;
}

function fittingSize(
  wanted: { readonly width: number; readonly height: number },
  area: Rectangle,
): { width: number; height: number } {
  return {
    width: Math.min(Math.max(wanted.width, smallestSize.width), area.width),
    height: Math.min(Math.max(wanted.height, smallestSize.height), area.height),
  };
}
