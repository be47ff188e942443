// The face: Olma at her counter, drawn here. One picture with all her looks; `data-face` on it says
// which are seen (panel.css). Her colours are custom properties: --olma-hair, -skin, -shirt, -apron …
// A person who joins takes her place with initials; so does a site that wants no face.
import { el, setText, svg } from './dom.js';

/** @param {string} d @param {string} paint @param {Record<string, string>} [more] */
const path = (d, paint, more) => svg('path', { d, class: paint, ...more });
/** @param {string} name @param {...Node} parts */
const group = (name, ...parts) => svg('g', { class: name }, ...parts);
/** @param {number} cx @param {number} cy @param {number} rx @param {number} ry @param {string} paint */
const oval = (cx, cy, rx, ry, paint) => svg('ellipse', { cx, cy, rx, ry, class: paint });

function drawOlma() {
  return svg(
    'svg',
    { viewBox: '0 0 96 96', class: 'olma', 'aria-hidden': 'true' },
    svg('circle', { cx: 48, cy: 48, r: 48, class: 'ground' }),
    path('M0 66q48-12 96 0v30H0z', 'counter'),
    group(
      'bust',
      path('M10 98c0-16 14-21 30-23V62h16v13c16 2 30 7 30 23z', 'shirt'),
      path('M40 74l8 7-7 7-9-11zM56 74l-8 7 7 7 9-11z', 'collar'),
      path('M31 98V87q17 5 34 0v11z', 'apron'),
      path('M33 76.5l1.5 12M63 76.5l-1.5 12', 'strap'),
      path('M48 97c-4.5-1-5-6.5 0-9 5 2.5 4.5 8 0 9zM48 97v-5', 'leaf'),
    ),
    group(
      'head',
      oval(48, 12, 9.5, 8.5, 'hair'),
      path('M40.5 15q7.5 4 15 0', 'band'),
      path('M20 50C17 23 31 13 48 13s31 10 28 37c1.5 11-1 18-7 22-7 3-35 3-42 0-6-4-8.5-11-7-22z', 'hair'),
      path('M39 60h18v13c0 8-18 8-18 0z', 'shade'),
      oval(28, 48, 4, 5, 'skin'),
      oval(68, 48, 4, 5, 'skin'),
      path('M28 44c0-16 8-22 20-22s20 6 20 22c0 14-8 25-20 25S28 58 28 44z', 'skin'),
      oval(35, 55, 4.2, 2.6, 'cheek'),
      oval(61, 55, 4.2, 2.6, 'cheek'),
      group('brows', path('M35.5 41.5q4-4 8.5-2.2', 'brow left'), path('M52 39.3q4.5-1.8 8.5 2.2', 'brow right')),
      group(
        'eyes open',
        oval(40.5, 47.5, 2.7, 3.3, 'ink'),
        oval(55.5, 47.5, 2.7, 3.3, 'ink'),
        oval(41.5, 46.3, 0.9, 0.9, 'light'),
        oval(56.5, 46.3, 0.9, 0.9, 'light'),
      ),
      group('eyes shut', path('M37 48q3.5 2.5 7 0M52 48q3.5 2.5 7 0', 'line')),
      path('M48.3 50q-1.6 3.5 .7 4.2', 'nose'),
      group(
        'mouth smile',
        path('M42.3 58q5.7 1.8 11.4 0c-.4 4-2.6 6.2-5.7 6.2s-5.3-2.2-5.7-6.2z', 'lips'),
        path('M43.4 59.1q4.6 1 9.2 0l-.5 1.7q-4.1.8-8.2 0z', 'light'),
      ),
      group('mouth soft', path('M42.5 60q5.5 3.5 11 0', 'lipline')),
      group(
        'mouth open',
        path('M43.6 58.2q4.4-1.3 8.8 0c.7 4.6-1.4 6.9-4.4 6.9s-5.1-2.3-4.4-6.9z', 'lips'),
        path('M44.3 59q3.7-1 7.4 0l-.2 1.5h-7z', 'light'),
        oval(48, 63.4, 2.4, 1.2, 'tongue'),
      ),
      group('mouth small', path('M45.5 61q3-1.5 6 0', 'lipline')),
      group('mouth wavy', path('M42.5 61.5q2.8-2.6 5.5 0t5.5 0', 'lipline')),
      path('M27 46c-1-19 9-28 22-28 12 0 21 8 20 27-6-3-11-9-13-16-6 8-17 10-24 9-3 2-4 5-5 8z', 'hair'),
      path('M33 33q8 0 14-6M37 24q6-3 12-2.5', 'gloss'),
      path('M24.5 45C23 8 73 8 71.5 45', 'set'),
      svg('rect', { x: 20.5, y: 41, width: 8.5, height: 15, rx: 4.2, class: 'cup' }),
      svg('rect', { x: 67, y: 41, width: 8.5, height: 15, rx: 4.2, class: 'cup' }),
      path('M25 55c0 8 5 12 12 11.5', 'boom'),
      oval(38.5, 66.3, 3, 2, 'cup'),
    ),
  );
}

/** A small sign beside the face, one for each state that has one. */
function drawSigns() {
  return svg(
    'svg',
    { viewBox: '0 0 24 24', class: 'sign', 'aria-hidden': 'true' },
    svg('circle', { cx: 12, cy: 12, r: 11, class: 'plate' }),
    group(
      'for thinking',
      oval(7, 12, 1.7, 1.7, 'dot one'),
      oval(12, 12, 1.7, 1.7, 'dot two'),
      oval(17, 12, 1.7, 1.7, 'dot three'),
    ),
    group('for unsure', path('M9 9.5a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1-1.5 2.4M12 17.6v.1', 'mark')),
    group('for waiting', path('M12 6.5V12l3.5 2.2', 'mark'), svg('circle', { cx: 12, cy: 12, r: 7, class: 'mark' })),
    group('for offline', path('M6 9.5q6-5 12 0M8.6 12.7q3.4-2.8 6.8 0M12 16.3v.1M5.5 5.5l13 13', 'mark')),
    group('for listening', path('M8 10v4M11 7.5v9M14 9v6M17 11v2', 'mark')),
  );
}

/** @param {string} name */
export const initials = (name) => {
  const words = name.trim().split(/\s+/u);
  const picked = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return (
    picked
      .map((word) => [...word][0] ?? '')
      .join('')
      .toLocaleUpperCase() || '•'
  );
};

/** @param {boolean} drawn false: initials instead of the picture */
export function createFace(drawn) {
  const letters = el('span', { class: 'initials', 'aria-hidden': 'true' });
  const photo = el('img', { class: 'photo', alt: '', hidden: true });
  // A page that forbids pictures, or one that is gone: the initials beneath are enough.
  photo.addEventListener('error', () => (photo.hidden = true));
  const node = el('span', { class: 'face', role: 'img' }, drawn && drawOlma(), letters, photo, drawSigns());
  node.classList.toggle('plain', !drawn);
  return {
    node,
    /** @param {import('./mood.js').Face} state @param {string} label @param {string} name of who is there
     * @param {string} mood the editors' word for the tone of the last answer
     * @param {string} picture of a person, '' = none */
    show(state, label, name, mood, picture) {
      if (node.dataset.face !== state) node.dataset.face = state;
      if (node.dataset.mood !== mood) node.dataset.mood = mood;
      if (node.getAttribute('aria-label') !== label) node.setAttribute('aria-label', label);
      setText(letters, initials(name));
      if ((photo.getAttribute('src') ?? '') === picture) return;
      photo.hidden = !picture;
      if (picture) photo.src = picture;
      else photo.removeAttribute('src');
    },
  };
}
