// Pictures of people: where they are served, and how a file becomes one of 128 pixels a side.

import { deskPath } from '../session.js';

const SIDE = 128;
const QUALITY = 0.85;

/** @param {number} id @param {number} version 0 = there is none */
export function portraitUrl(id, version) {
  return version > 0 ? `${deskPath().replace(/\/desk$/, '')}/agents/${id}?v=${version}` : '';
}

/**
 * The part of a picture of this size that becomes the square: its middle.
 * @param {number} width
 * @param {number} height
 */
export function middleOf(width, height) {
  const side = Math.min(width, height);
  return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), side };
}

/** @param {HTMLCanvasElement} canvas @param {string} type @returns {Promise<Blob|null>} */
const blobOf = (canvas, type) => new Promise((done) => { canvas.toBlob(done, type, QUALITY); });

/** The small picture of a file; null = the browser cannot read it. @param {Blob} file @returns {Promise<Blob|null>} */
export async function portraitOf(file) {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return null;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  const { x, y, side } = middleOf(picture.width, picture.height);
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, SIDE, SIDE);
  pen.drawImage(picture, x, y, side, side, 0, 0, SIDE, SIDE);
  picture.close();
  const small = await blobOf(canvas, 'image/webp');
  // A browser that cannot write WebP gives PNG instead, which may be large.
  return small?.type === 'image/webp' ? small : blobOf(canvas, 'image/jpeg');
}
