// The still faces of the launcher. Not the skins made smaller but drawn again for 56 to 64 pixels, mostly of thick
// round strokes, because they are in the script that is on every page. The custom properties are those of the skins.

const NAMES = ['skin', 'hair', 'clothes', 'accent', 'ground', 'ink', 'lips', 'dark'];

/** Strokes that both people have. */
const BODY = ';2,26,M16 97q32-20 64 0;0,16,M48 66v8;0,42,M48 43v9;';
const FACE = ';5,7,M38 50v1M58 50v1;6,3,M41 62q7 6 14 0';

/** Colours in the order of the names, three digits each; then shapes from back to front, each the number of its
 * colour, the width of the stroke (0: it is filled), its lines.
 * @type {Record<string, string>} */
export const stillFaces = {
  olma:
    'fca532ffe275dee311b43234;1,19,M48 17h.1;1,55,M48 44v1;1,18,M30 64h36' + BODY +
    '1,0,M27 49C22 30 33 19 50 19s24 12 19 31c-4-4-8-9-8-20-9 7-30 5-34 19z;' +
    '7,3,M24 48C20 8 76 8 72 48;3,8,M24 47v6M72 47v6' + FACE,
  leo:
    'ea7432c54358edb311b65' + BODY +
    '1,11,M28 40q-1-14 8-17h24q9 2 8 17;1,8,M28 45c-1 38 41 38 40 0;1,7,M38 60q10-7 20 0' + FACE,
  dado:
    'bcd123e837eddde;2,26,M16 97q32-20 64 0;0,16,M48 66v8;0,5,M48 18v-6;0,48,M40 44h16;1,30,M40 45h16;' +
    '3,7,M38 42v4M58 42v4;3,3,M41 55q7 6 14 0',
  segno:
    'ffe000156e83dee;0,54,M44 42h8;0,8,M28 60l-3 13 14-4z;2,11,M48 43v.1;2,6,M43 30q24-2 18 20;3,6,M53 56q-24 2-18-20',
};

/** @param {string} kind @param {Record<string, string>} attributes */
export function shape(kind, attributes) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', kind);
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  return node;
}

/** @param {string} name of stillFaces; any other word: no face, but the mark
 * @returns {Element} */
export function drawStill(name) {
  const [colors, ...rows] = (stillFaces[name] ?? stillFaces.segno).split(';');
  const picture = shape('svg', { viewBox: '6 6 84 84', fill: 'none', 'stroke-linecap': 'round' });
  for (const row of ['4,99,M0 48h96', ...rows]) {
    const [place, width, d] = row.split(',');
    const color = `var(--avatar-${NAMES[+place]},#${colors.substr(+place * 3, 3)})`;
    picture.append(shape('path', { d, [+width ? 'stroke' : 'fill']: color, 'stroke-width': width }));
  }
  return picture;
}
