// From a skin's table to nodes, and from a vector to their attributes. Nothing is made from HTML, nothing uses
// a style attribute: paint is in presentation attributes, which every content security policy allows.
import { at, watcher } from './channels.js';
import { browPath, eyePaths, mouthPath } from './rig.js';

const SVG = 'http://www.w3.org/2000/svg';
let drawn = 0;

/** `d`, then its paint: a name of the skin's colours or paints, or a colour; with a width it is a line.
 * @typedef {readonly [d: string, paint: string, width?: number]} Shape */
/** One row of the picture, back to front. `on`: body and head follow the head's turn (the body a little),
 * hand is the waving one, still never moves. `depth`: how far it slides when the head turns, in units;
 * more is nearer to the visitor. `part`: shown while that part is worn.
 * Its shapes, or the word `face` where the moving features are.
 * @typedef {{on: 'still' | 'body' | 'head' | 'hand', depth?: number, part?: string, shapes: readonly Shape[] | 'face'}} Layer */
/** @typedef {{nodes: SVGElement[], apply(vector: Float32Array): void}} Face */
/** @typedef {{name: string, colors: Record<string, string>, paints?: Record<string, string>, parts: Record<string, boolean>,
 *   view?: string, pivot?: number, reach?: number, layers: readonly Layer[], face(kit: Kit): Face}} Skin */
/** @typedef {ReturnType<typeof createKit>} Kit */

/** Builds nodes and writes attributes, an attribute only when it changes.
 * @param {Skin} skin @param {Document} page */
export function createKit(skin, page) {
  const tag = `avatar-${++drawn}-`;
  /** @param {SVGElement} node @param {string} name @param {string} value */
  const put = (node, name, value) => {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  };
  /** @param {string} name @param {Record<string, string | number>} attributes @param {SVGElement[]} children */
  const make = (name, attributes, ...children) => {
    const node = page.createElementNS(SVG, name);
    for (const key in attributes) node.setAttribute(key, String(attributes[key]));
    node.append(...children);
    return node;
  };
  /** @param {string} name */
  const paint = (name) => (name in skin.colors ? `var(--avatar-${name},${skin.colors[name]})` : (skin.paints?.[name] ?? name));
  /** @param {Shape} shape */
  const path = ([d, color, width]) =>
    make('path', width ? { d, fill: 'none', stroke: paint(color), 'stroke-width': width } : { d, fill: paint(color) });
  /** A filled shape with soft corners. @param {string} color */
  const soft = (color) => make('path', { fill: paint(color), stroke: paint(color), 'stroke-width': 0.9 });
  /** @param {string} name @param {SVGElement[]} children seen only where the shape is @param {SVGElement} shape */
  const clip = (name, shape, ...children) => [
    make('clipPath', { id: tag + name }, shape),
    make('g', { 'clip-path': `url(#${tag}${name})` }, ...children),
  ];
  const kit = {
    make,
    put,
    paint,
    path,
    soft,
    clip,
    channel: at,
    mouth: mouthPath,
    eyes: eyePaths,
    brows: browPath,
    /** A face of flesh: eyes with lids, brows, and a mouth with teeth and a tongue.
     * @param {{eyes: import('./rig.js').Eyes & {iris: number}, brows: import('./rig.js').Brows, mouth: import('./rig.js').Mouth & {line: number}}} look
     * @returns {Face} */
    human({ eyes, brows, mouth }) {
      const white = path(['', '#fff']);
      const window = path(['', '#fff']);
      const lashes = path(['', 'ink']);
      const folds = path(['', 'line', 0.9]);
      const brow = soft('brow');
      const blush = make('g', {});
      for (const side of [-1, 1]) blush.append(make('ellipse', { cx: 48 + side * (eyes.x + 2.6), cy: eyes.y + 9, rx: 4.6, ry: 2.7, fill: paint('blush') }));
      const lips = make('path', { fill: paint('mouth'), stroke: paint('lips'), 'stroke-width': mouth.line });
      const mouthWindow = path(['', 'mouth']);
      const teeth = path([`M36 ${mouth.y - 8}h24v9.3h-24z`, '#fff']);
      const tongue = path([`M41.5 ${mouth.y + 9}a6.5 4.5 0 0 1 13 0v9h-13z`, 'tongue']);
      const { x, y, iris } = eyes;
      const balls = make('g', {});
      for (const side of [-1, 1]) {
        /** @param {number} size @param {number} right @param {number} down @param {string} color */
        const ball = (size, right, down, color) =>
          make('circle', { cx: 48 + side * x + right, cy: y + down, r: iris * size, fill: paint(color) });
        balls.append(ball(1, 0, -0.2, 'iris'), ball(0.6, 0, 0, 'ink'), ball(0.34, 1.2, -1.2, '#fff'), ball(0.16, -1.3, 1.6, '#fff9'));
      }
      const upperMoved = watcher('lidL', 'lidR', 'gazeX', 'gazeY', 'browL', 'browR', 'worry', 'smile', 'cheek');
      const mouthMoved = watcher('jaw', 'wide', 'round', 'smile', 'tip');
      return {
        nodes: [blush, white, ...clip('eyes', window, balls), folds, lashes, brow, lips, ...clip('mouth', mouthWindow, tongue, teeth)],
        apply(v) {
          if (upperMoved(v)) {
            const { open, lash, fold } = eyePaths(eyes, v);
            put(white, 'd', open);
            put(window, 'd', open);
            put(lashes, 'd', lash);
            put(folds, 'd', fold);
            put(brow, 'd', browPath(brows, v));
            put(balls, 'transform', move(v[at.gazeX] * 2, v[at.gazeY] * 1.5));
            put(blush, 'opacity', String(Math.round(22 + v[at.cheek] * 38) / 100));
          }
          if (!mouthMoved(v)) return;
          const { d, top, low } = mouthPath(mouth, v);
          for (const node of [mouthWindow, lips]) node.setAttribute('d', d);
          put(teeth, 'transform', move(0, top - mouth.y + v[at.jaw] * 1.4 + Math.max(0, v[at.wide]) * 1.2 - Math.min(0, v[at.tip]) * 1.5 - v[at.round] * 4));
          put(tongue, 'transform', move(0, low - mouth.y - 8.5 - Math.max(0, v[at.tip]) * 4));
        },
      };
    },
  };
  return kit;
}

/** @param {number} x @param {number} y */
export const move = (x, y) => `translate(${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10})`;
/** @param {number} angle @param {number} x @param {number} y */
export const turn = (angle, x, y) => `rotate(${Math.round(angle * 10) / 10} ${x} ${y})`;

/** @param {Skin} skin @param {Document} page
 * @returns {{node: SVGElement, apply(vector: Float32Array): void, set(part: string, worn: boolean): void}} */
export function draw(skin, page) {
  const kit = createKit(skin, page);
  const face = skin.face(kit);
  const { pivot = 76, reach = 7 } = skin;
  const figure = kit.make('g', {});
  const node = kit.make('svg', {
    viewBox: skin.view ?? '6 5 84 84',
    'aria-hidden': 'true',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
  node.style.borderRadius = '50%';
  /** @type {[Layer, SVGElement][]} */
  const layers = skin.layers.map((layer) => {
    const group = kit.make('g', {}, ...(layer.shapes === 'face' ? face.nodes : layer.shapes.map(kit.path)));
    (layer.on === 'still' ? node : figure).append(group);
    return [layer, group];
  });
  node.append(figure);
  const moved = watcher('yaw', 'pitch', 'roll', 'hand', 'here');
  return {
    node,
    apply(v) {
      face.apply(v);
      if (!moved(v)) return;
      const [yaw, pitch, roll, , hand, here] = v.subarray(at.yaw);
      const carried = {
        still: '',
        body: '',
        head: move(yaw * 2, pitch * 1.6 + Math.abs(roll) * 0.6) + turn(roll * reach + yaw, 48, pivot),
        hand: move(0, Math.max(0, 1 - hand / 0.65) * 46) + turn((hand - 0.7) * 66, 72, 98),
      };
      kit.put(figure, 'transform', move(0, (1 - here) * 90));
      for (const [{ on, depth = 0 }, group] of layers) kit.put(group, 'transform', carried[on] + move(yaw * depth, pitch * depth * 0.7));
    },
    set(part, worn) {
      for (const [layer, group] of layers) if (layer.part === part) kit.put(group, 'display', worn ? 'inline' : 'none');
    },
  };
}
