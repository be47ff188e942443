// The still faces of the launcher. Not the skins made smaller but drawn again for 56 to 64 pixels, mostly of thick
// round strokes, because they are in the script that is on every page. The custom properties are those of the skins.

const NAMES = ['skin', 'hair', 'clothes', 'accent', 'ground', 'ink', 'lips', 'dark'];

/** Colours in the order of the names; then shapes from back to front, each the number of its
 * colour, the width of the stroke (0: it is filled), its lines.
 * @type {Record<string, string>} */
export const stillFaces = {
  olma:
    'fca 532 ffe 275 dee 311 b43 234;1,19,M48 17h.1;1,55,M48 44v1;1,18,M30 64h36;2,26,M16 97q32-20 64 0;0,16,M48 66v8;' +
    '0,42,M48 43v9;1,0,M27 49C22 30 33 19 50 19s24 12 19 31c-4-4-8-9-8-20-9 7-30 5-34 19z;3,6,M33 77v9h30v-9M33 90h30;' +
    '7,3,M24 48C20 8 76 8 72 48;7,8,M24 47v6M72 47v6;5,7,M38 50v1M58 50v1;6,3,M41 62q7 6 14 0',
  leo:
    'ea7 432 c54 358 edb 311 b65;2,26,M16 97q32-20 64 0;0,8,M24 49v2M72 49v2;0,43,M48 42v11;' +
    '1,11,M28 40q-1-14 8-17h24q9 2 8 17;1,8,M28 45c-1 38 41 38 40 0;1,7,M38 60q10-7 20 0;' +
    '3,6,M27 76l7 12h28l7-12;5,6,M38 47v1M58 47v1;6,3,M43 63q5 4 10 0',
  dado:
    'bcd 123 e83 7ed dde;2,8,M20 40v12M76 40v12M22 98q26-20 52 0;0,5,M48 18v-6M40 78h16;0,26,M39 32h18l8 14-8 15H39l-8-15z;' +
    '1,46,M48 46v.1;3,8,M39 42v4M57 42v4;3,4,M41 57q7 5 14 0M48 11v.1',
  segno:
    'ffe 0 156 e83 dee;0,54,M44 42h8;0,8,M28 60l-3 13 14-4z;2,11,M48 43v.1;2,6,M43 30c17-6 24 9 18 21;3,6,M53 56c-17 6-24-9-18-21',
};

/** @param {string} name of stillFaces; an unknown one gets the first
 * @param {(kind: string, attributes: Record<string, string>) => Element} shape makes a node of SVG @returns {Element} */
export function drawStill(name, shape) {
  const [colors, ...rows] = (stillFaces[name] ?? stillFaces.olma).split(';');
  const picture = shape('svg', { viewBox: '6 6 84 84', fill: 'none', 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true' });
  for (const row of ['4,99,M0 48h96', ...rows]) {
    const [place, width, d] = row.split(',');
    const color = `var(--avatar-${NAMES[+place]},#${colors.split(' ')[+place]})`;
    picture.append(shape('path', { d, [+width ? 'stroke' : 'fill']: color, 'stroke-width': width }));
  }
  return picture;
}
