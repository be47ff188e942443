// Files to send: real ones, and ones that pretend.

import { crc32 as crcOf, deflateSync } from 'node:zlib';

const bytes = (...parts) => Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(p, 'latin1') : Buffer.from(p))));
const big = (number, count) => Buffer.from(Array.from({ length: count }, (_, i) => Math.floor(number / 256 ** (count - 1 - i)) % 256));

/** CRC-32, where node has it built in or not. */
function crc(data) {
  if (crcOf) return crcOf(data);
  let sum = 0xffffffff;
  for (const byte of data) {
    sum ^= byte;
    for (let k = 0; k < 8; k++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

const chunk = (name, data = '') => {
  const part = bytes(name, data);
  return bytes(big(part.length - 4, 4), part, big(crc(part), 4));
};

/** A PNG of one colour; `says`: its header's own idea of its size; `extra`: chunks before the picture; `noise`: bytes. */
export function png({ width = 40, height = 30, says = [width, height], extra = [], noise = 0, colour = [200, 30, 30] } = {}) {
  const line = bytes([0], ...Array.from({ length: width }, () => colour));
  return bytes('\x89PNG\r\n\x1a\n', chunk('IHDR', bytes(big(says[0], 4), big(says[1], 4), [8, 2, 0, 0, 0])),
    ...extra.map(([name, data]) => chunk(name, data)),
    chunk('IDAT', deflateSync(bytes(...Array.from({ length: height }, () => line)))),
    // A second data chunk of an animation's kind: it is there to be large.
    ...(noise > 0 ? [chunk('fdAT', Buffer.alloc(noise, 7))] : []), chunk('IEND'));
}

const segment = (marker, data) => bytes([0xff, marker], big(bytes(data).length + 2, 2), data);
/** EXIF with a place and an orientation. */
export const EXIF = bytes('Exif\0\0II*\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x04\0\0\0Cam\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0GPS 45.46N 9.19E');

/** A JPEG in form (its picture is not meant to be decoded). */
export const jpeg = ({ width = 64, height = 48, behind = '' } = {}) => bytes('\xff\xd8', segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0'), segment(0xe1, EXIF),
  segment(0xfe, 'a comment'), segment(0xdb, 'quantities'), segment(0xc0, bytes([8], big(height, 2), big(width, 2), [3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1])),
  segment(0xda, '\x01\x01\0\0\x3f\0'), 'coded', '\xff\xd9', behind);

export const pdf = (body = '1 0 obj<</Type/Catalog>>endobj') => bytes(`%PDF-1.4\n${body}\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n`);

export const gif = () => bytes('GIF89a\x02\0\x02\0\x80\0\0\0\0\0\xff\xff\xff\x21\xfe\x08<script>\0\x2c\0\0\0\0\x02\0\x02\0\0\x02\x02\x4c\x01\0\x3b');

/** The body of an upload: a line of JSON and the bytes. */
export const parcel = (head, file) => bytes(Buffer.from(`${JSON.stringify(head)}\n`), file);
