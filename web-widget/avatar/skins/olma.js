// Olma, at her counter: a woman with her hair up, a headset and an apron.

/** @type {import('../draw.js').Skin} */
export const skin = {
  name: 'olma',
  colors: { skin: '#f6cda9', hair: '#5a2d21', clothes: '#fdf6ec', accent: '#2f7d5b', ground: '#cfe6e4' },
  paints: {
    ink: '#2e1a15',
    iris: '#6b3f22',
    line: '#b0613d66',
    brow: 'var(--avatar-brow,var(--avatar-hair,#5a2d21))',
    mouth: '#6d1f22',
    lips: '#b8463f',
    tongue: '#e5776f',
    dark: '#24333f',
    shade: '#a8451c40',
    gloss: '#ffd9b026',
    blush: '#e9624a',
  },
  parts: { bun: true, headset: true, apron: true, glasses: false },
  layers: [
    { on: 'still', shapes: [['M0 48a48 48 0 1 1 96 0 48 48 0 1 1-96 0z', 'ground'], ['M12 46a36 36 0 1 1 72 0 36 36 0 1 1-72 0z', '#fff5']] },
    { on: 'head', depth: -1.4, part: 'bun', shapes: [['M48 3c7.5 0 11.5 4.5 11.5 9.500S55 21 48 21s-11.5-3.5-11.5-8.500S40.5 3 48 3z', 'hair'], ['M41 10c2-3 5-4 8-4M52 18c3-.5 5-2 6-4.5', 'gloss', 1.6], ['M40.5 17.500q7.5 3.5 15 0', 'accent', 3.4]] },
    { on: 'head', depth: -1.6, shapes: [['M21 52C16 27 30 14 48 14s32 13 27 38c-.5 8 3 14-2 20-3 4-9 4-12 1H35c-3 3-9 3-12-1-5-6-1.5-12-2-20z', 'hair']] },
    { on: 'body', depth: 0.8, shapes: [
      ['M40 64h16v12c6 3 6 8-8 12-14-4-14-9-8-12z', 'skin'],
      ['M40 66h16v7c-4 4-12 4-16 0z', 'shade'],
    ] },
    { on: 'body', depth: 0.6, shapes: [
      ['M6 98c0-13 11-19 24-21.500L39.5 74c2 8 15 8 17 0l9.5 2.500C79 79 90 85 90 98z', 'clothes'],
      ['M39.5 73l8.5 9-8 6.5-9-11zM56.5 73L48 82l8 6.5 9-11z', '#fff'],
      ['M39.5 73l8.5 9-8 6.5-9-11zM56.5 73L48 82l8 6.5 9-11z', '#7a4a2018'],
      ['M17 98c0-6 1-10 3-13M79 98c0-6-1-10-3-13', '#7a4a2030', 1.4],
    ] },
    { on: 'body', depth: 0.6, part: 'apron', shapes: [['M29 98c0-6 0-8 1-11q18 5 36 0c1 3 1 5 1 11z', 'accent'], ['M32 89l1-12M64 89l-1-12', 'accent', 4.4], ['M48 97.500c-4-1.5-4.5-6 0-8.5 4.5 2.5 4 7 0 8.500z', '#fff9']] },
    { on: 'head', depth: -0.4, shapes: [['M24 50a4 5 0 1 1 8 0 4 5 0 0 1-8 0zM64 50a4 5 0 1 1 8 0 4 5 0 0 1-8 0z', 'skin']] },
    { on: 'head', depth: 0.6, shapes: [['M27 45c0-16 8-24 21-24s21 8 21 24c0 8-1.5 14-5.5 19.5-4 5.5-9.5 8.5-15.5 8.500s-11.5-3-15.5-8.500C28.5 59 27 53 27 45z', 'skin']] },
    { on: 'head', depth: 2.4, shapes: [['M46.4 56.200q1.7 1.5 3.4 0', 'line', 1.5]] },
    { on: 'head', depth: 2, shapes: 'face' },
    { on: 'head', depth: 2.2, part: 'glasses', shapes: [['M31 49a6.8 6.5 0 1 1 13.6 0 6.8 6.5 0 1 1-13.6 0zM51.4 49a6.8 6.5 0 1 1 13.6 0 6.8 6.5 0 1 1-13.6 0zM44.6 48q3.4-2 6.8 0', 'dark', 1.5]] },
    { on: 'head', depth: 1.2, shapes: [['M26.5 49C22 29 33 17.5 50 17.500c14.5 0 23.5 11.5 20 32-4.5-3-9-10-10-19-5 5-14 8-23 7-5 1-9 5-10.5 11.500z', 'hair'], ['M34.5 33.500c7-.3 12-2.5 16-6.500M38 26c3.5-2.5 8-3.5 12-2.700M64 31c.6 3.5 1.8 6.5 3.6 9', 'gloss', 1.8]] },
    { on: 'head', depth: -0.2, part: 'headset', shapes: [
      ['M23.5 46C22 8 74 8 72.5 46', 'dark', 3],
      ['M20 46a4.5 4.5 0 0 1 9 0v8a4.5 4.5 0 0 1-9 0zM67 46a4.5 4.5 0 0 1 9 0v8a4.5 4.5 0 0 1-9 0z', 'dark'],
      ['M22 46v7M69 46v7', '#fff4', 1.6],
      ['M24.5 57c0 8 4 12 10 12.5', 'dark', 1.8],
      ['M36 69.500h2', 'dark', 4],
    ] },
  ],
  face: (kit) => kit.human({
    eyes: { x: 10.3, y: 49, w: 5.2, h: 4.9, flick: 1.5, iris: 3.5 },
    brows: { x: 10.2, y: 41.6, w: 5, thick: 1.7 },
    mouth: { y: 62.5, w: 6.6, line: 1.7 },
    lash: 1.5,
  }),
};
