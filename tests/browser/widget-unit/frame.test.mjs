// What a frame's address may wish: attributes that make sense, and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.CSS = /** @type {any} */ ({ supports: (/** @type {string} */ _, /** @type {string} */ value) => /^(#[0-9a-f]{6}|red|rgb\([\d ,]+\))$/i.test(value) });
const { wishesOf } = await import('../../../web-widget/pages/frame.js');
const of = (/** @type {string} */ search) => Object.fromEntries(wishesOf(search));

test('what makes sense becomes an attribute', () => {
  assert.deepEqual(of('?lang=it&avatar=leo&accent=%231b6f8a&theme=dark&contact=info%40x.example'), { lang: 'it', avatar: 'leo', accent: '#1b6f8a', theme: 'dark', contact: 'info@x.example' });
  assert.deepEqual(of('?lang=en-GB&avatar-parts=glasses%20headset'), { lang: 'en-GB', 'avatar-parts': 'glasses headset' });
  for (const theme of ['light', 'dark', 'contrast']) assert.deepEqual(of(`?theme=${theme}`), { theme });
  assert.deepEqual(of(''), {});
});

test('what does not is ignored', () => {
  const wrong = ['lang=italiano', 'lang=%22%3E', 'avatar=../x', 'avatar=A', 'accent=url(x)', 'accent=red;x', `accent=rgb(${'1,'.repeat(99)}1)`, 'theme=blue', 'theme=contrasts', 'contact=a%0ab', `contact=${'a'.repeat(501)}`, 'avatar-parts=%3Cb%3E'];
  for (const search of wrong) assert.deepEqual(of(`?${search}`), {}, search);
});

test('what is no attribute of a frame is none: no server, no identity, no handler', () => {
  assert.deepEqual(of('?server=https%3A%2F%2Fevil.example&identity=x&onclick=alert(1)&style=x&open=1&__proto__=x&constructor=x'), {});
});
