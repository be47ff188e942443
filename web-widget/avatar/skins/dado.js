// Dado: a small robot made of a hexagonal nut ("dado" in Italian) on its bolt. Plainly a machine: its face is
// a screen with lights. Here --avatar-skin is the metal, --avatar-hair the screen, --avatar-accent the lights.

/** @type {import('../draw.js').Skin} */
export const skin = {
  name: 'dado',
  colors: { skin: '#b9c8d2', hair: '#1d2e39', clothes: '#e58b3a', accent: '#7cf0d2', ground: '#d5d9f0' },
  paints: { edge: '#22374433', dim: '#22374422', shine: '#fff9' },
  parts: { antenna: true, bow: false, headset: false },
  layers: [
    { on: 'still', shapes: [['M0 0h96v96H0z', 'ground'], ['M14 46a34 34 0 1 1 68 0 34 34 0 1 1-68 0z', '#fff6']] },
    { on: 'body', depth: 0.4, shapes: [
      ['M39 68h18v14H39z', 'skin'],
      ['M38 74.5l20-2.5M38 79.5l20-2.5M38 84l20-2.5', 'edge', 2],
      ['M12 99c0-13 13-18 36-18s36 5 36 18z', 'clothes'],
      ['M18 90q2-4 8-6', 'shine', 2],
    ] },
    { on: 'body', depth: 0.6, part: 'bow', shapes: [['M48 84l-11-5v10zM48 84l11-5v10z', 'hair'], ['M48 84v.1', 'accent', 5]] },
    { on: 'head', depth: -1.2, part: 'antenna', shapes: [['M48 20v-7', 'skin', 4], ['M42.5 19.5h11', 'skin', 4], ['M48 11.5v.1', 'accent', 6.5], ['M47 10.5v.1', 'shine', 2]] },
    { on: 'head', depth: -0.8, shapes: [['M17 39v12M79 39v12', 'clothes', 6], ['M17 39v12M79 39v12', 'dim', 2]] },
    { on: 'head', depth: 0.4, shapes: [
      ['M33.5 22h29L77 46 62.5 71h-29L19 46z', 'skin', 6],
      ['M33.5 22h29L77 46 62.5 71h-29L19 46z', 'skin'],
      ['M33 20h30l-4 9H37zM17.5 45L32 20.5 37 29l-9 17z', '#fff5'],
      ['M33 73h30l-4-9H37zM78.5 47L64 72.5 59 64l9-17z', 'edge'],
      ['M78.5 45L64 20.5 59 29l9 17zM17.5 47L32 72.5 37 64l-9-17z', 'dim'],
      ['M23.5 46.5a24.5 24.5 0 1 1 49 0 24.5 24.5 0 1 1-49 0z', 'skin'],
      ['M23.5 46.5a24.5 24.5 0 0 1 49 0 24.5 24.5 0 0 0-49 0z', '#fff6'],
    ] },
    { on: 'head', depth: 1, shapes: [
      ['M26 46.5a22 22 0 1 1 44 0 22 22 0 1 1-44 0z', 'hair'],
      ['M31 39c2.5-6 7-9.5 12.5-11', '#fff4', 2.2],
    ] },
    { on: 'head', depth: 3.4, shapes: 'face' },
    { on: 'head', depth: -0.2, part: 'headset', shapes: [['M19 57c0 11 8 17 18 17.5h3', 'hair', 2], ['M40 74.5h3', 'hair', 4.5], ['M15 40v10M81 40v10', 'hair', 7]] },
    { on: 'hand', shapes: [
      ['M75 100l-1.5-19', 'skin', 7],
      ['M73.5 84c-10-3-11-15-4.5-20l1.5 9 5 1.5 3.5-8.5c6.5 4 5 15.5-2.5 18z', 'clothes', 2],
      ['M73.5 84c-10-3-11-15-4.5-20l1.5 9 5 1.5 3.5-8.5c6.5 4 5 15.5-2.5 18z', 'clothes'],
      ['M67.5 76c.5 3.5 3 6 6 7', '#fff9', 1.4],
    ] },
  ],
  face({ make, put, path, soft, eyes, brows, mouth, channel }) {
    const glow = path(['', 'accent', 4.5]);
    const looks = path(['', 'accent', 1.6]);
    const light = path(['', 'accent']);
    const arches = soft('accent');
    const hole = path(['', 'accent']);
    const lips = path(['', 'accent', 2.5]);
    const lamps = make('g', {}, glow, looks, light, arches);
    glow.setAttribute('opacity', '.16');
    hole.setAttribute('opacity', '.6');
    return {
      nodes: [lamps, hole, lips],
      apply(v) {
        const { open } = eyes({ x: 9.4, y: 43.5, w: 3.9, h: 5.6, thick: 0, bend: 1 }, v);
        for (const node of [glow, looks, light]) put(node, 'd', open);
        put(lamps, 'transform', `translate(${Math.round(v[channel.gazeX] * 30) / 10} ${Math.round(v[channel.gazeY] * 20) / 10})`);
        put(arches, 'd', brows({ x: 9.4, y: 34, w: 4.2, thick: 0.7, arch: 1.6 }, v));
        const { d } = mouth({ y: 56.5, w: 7, deep: 8 }, v);
        put(hole, 'd', d);
        put(lips, 'd', d);
      },
    };
  },
};
