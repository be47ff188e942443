// Colours that can be read: whatever accent a site chooses, words on it and in it keep their contrast.

/** @typedef {[number, number, number]} Rgb each 0–255 */

/** @param {string} computed as getComputedStyle gives it: rgb(…), rgba(…) or color(srgb …)
 * @returns {Rgb | null} */
export function parseColor(computed) {
  const numbers = computed.match(/[\d.]+(?:e-?\d+)?/g)?.map(Number) ?? [];
  const [r, g, b] = numbers;
  if (numbers.length < 3) return null;
  if (computed.startsWith('rgb')) return [r, g, b];
  return computed.startsWith('color(srgb') ? [r * 255, g * 255, b * 255] : null;
}

/** WCAG 2 relative luminance, 0–1. @param {Rgb} color */
export function luminance(color) {
  const [r, g, b] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** 1–21. @param {Rgb} a @param {Rgb} b */
export function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

/** The nearest shade of a colour that reads on a ground: mixed with black or white, step by step.
 * @param {Rgb} color @param {Rgb} ground @param {number} wanted contrast @returns {Rgb} */
export function readable(color, ground, wanted = 4.6) {
  const end = luminance(ground) > 0.18 ? 0 : 255;
  for (let step = 0; step <= 20; step += 1) {
    const mixed = /** @type {Rgb} */ (color.map((part) => Math.round(part + ((end - part) * step) / 20)));
    if (contrast(mixed, ground) >= wanted) return mixed;
  }
  return [end, end, end];
}

/** Black or white, whichever reads better on this ground. @param {Rgb} ground @returns {Rgb} */
export const inkOn = (ground) => (contrast(ground, [255, 255, 255]) >= 4.5 ? [255, 255, 255] : [0, 0, 0]);

/** @param {Rgb} color */
export const cssColor = ([r, g, b]) => `rgb(${Math.round(r)} ${Math.round(g)} ${Math.round(b)})`;
