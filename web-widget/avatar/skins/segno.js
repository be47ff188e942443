// Segno, a mark for those who want no face: a voice's bubble with two arcs about a dot, you and us about one thing.
// The ring swells and echoes with the voice and grows longer with a good mood; the dot goes where a gaze would go.

/** @type {import('../draw.js').Skin} */
export const skin = {
  name: 'segno',
  colors: { skin: '#fffaf0', clothes: '#1f5a6b', accent: '#ee8a3c', ground: '#d3e6e6' },
  paints: { warm: '#ff6b4a' },
  parts: { bubble: true },
  pivot: 46,
  reach: 26,
  layers: [
    { on: 'still', shapes: [['M0 0h96v96H0z', 'ground']] },
    { on: 'body', depth: 1.6, part: 'bubble', shapes: [
      ['M48 17c19 0 32 12 32 28.5S67 74 48 74c-3 0-6-.3-8.7-1-4 4.5-9 7-15.3 7.5 3-3.5 4.3-7 4-11C20 64 16 55.5 16 45.5 16 29 29 17 48 17z', '#0a222a22'],
      ['M48 14.5c19 0 32 12 32 28.5S67 71.5 48 71.5c-3 0-6-.3-8.7-1-4 4.5-9 7-15.3 7.5 3-3.5 4.3-7 4-11C20 61.5 16 53 16 43c0-16.5 13-28.5 32-28.5z', 'skin'],
    ] },
    { on: 'head', depth: 2.4, shapes: 'face' },
  ],
  face({ make, put, path, paint, channel }) {
    const echo = path(['', 'accent', 2.6]);
    const upper = path(['', 'clothes', 6]);
    const lower = path(['', 'accent', 6]);
    const dot = make('circle', { cx: 48, cy: 43, fill: paint('clothes') });
    const warmth = make('circle', { cx: 48, cy: 43, fill: paint('warm') });
    const dots = make('g', {}, dot, warmth);
    const round = (/** @type {number} */ value) => Math.round(value * 10) / 10;
    /** An arc about the middle: `toward` is the angle of its own middle, `half` of its length (degrees).
     * @param {number} toward @param {number} half @param {number} wide @param {number} high */
    const arc = (toward, half, wide, high) => {
      const [from, to] = [toward - half, toward + half].map((angle) => {
        const turn = (angle * Math.PI) / 180;
        return `${round(48 + Math.cos(turn) * wide)} ${round(43 + Math.sin(turn) * high)}`;
      });
      return `M${from}A${round(wide)} ${round(high)} 0 ${half > 90 ? 1 : 0} 1 ${to}`;
    };
    return {
      nodes: [echo, upper, lower, dots],
      apply(v) {
        const jaw = v[channel.jaw];
        const open = 1 - ((v[channel.lidL] + v[channel.lidR]) / 2) * 0.93;
        const size = 14.5 + jaw * 3.5 + (v[channel.browL] + v[channel.browR]) * 0.9;
        const wide = size * (1 + 0.2 * v[channel.wide] - 0.22 * v[channel.round]);
        const high = Math.max(0.8, size * open * (1 - 0.14 * v[channel.wide] + 0.05 * v[channel.round]));
        const half = 58 + v[channel.smile] * 26 - v[channel.worry] * 12;
        const lean = -48 + (v[channel.browR] - v[channel.browL]) * 26 + v[channel.yaw] * 30 - v[channel.pitch] * 10;
        const far = 8 + jaw * 1.5;
        put(echo, 'd', arc(lean, half * 0.62, wide + far, high + far) + arc(lean + 180, half * 0.62, wide + far, high + far));
        put(echo, 'opacity', String(round(Math.min(1, jaw * 1.6))));
        put(upper, 'd', arc(lean, half, wide, high));
        put(lower, 'd', arc(lean + 180, half, wide, high));
        put(dot, 'r', String(round((5 + jaw * 1.8) * (0.45 + 0.55 * open))));
        put(warmth, 'r', String(round((5 + jaw * 1.8) * v[channel.cheek] * open)));
        put(dots, 'transform', `translate(${round(v[channel.gazeX] * 6)} ${round(v[channel.gazeY] * 6 + v[channel.worry] * 3 - v[channel.hand] * 15)})`);
      },
    };
  },
};
