// What the figure costs a visitor: bytes as the server sends them, minified and compressed.
import * as esbuild from 'esbuild';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const folder = fileURLToPath(new URL('../../../web-widget/avatar/', import.meta.url));
const skins = ['olma', 'leo', 'dado', 'segno'];

/** @param {string} contents of a module that exports what is weighed */
async function weigh(contents) {
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: ['es2022'],
    charset: 'utf8',
  });
  return brotliCompressSync(outputFiles[0].contents).length;
}

for (const name of skins) {
  test(`the engine with ${name} stays within 6 kB, ${name} alone within 2 kB`, async () => {
    const skin = `export {skin} from './skins/${name}.js';`;
    const both = await weigh(`export {createAvatar} from './engine.js';${skin}`);
    const alone = await weigh(skin);
    assert.ok(both <= 6000, `${both} bytes`);
    assert.ok(alone <= 2000, `${alone} bytes`);
  });
}

test('what a face needs besides to speak stays within 1.2 kB', async () => {
  const whole = await weigh(`export {speaking} from './speaking.js'`);
  assert.ok(whole <= 1200, `${whole} bytes`);
});

test('the still faces of the launcher stay within 700 bytes, what draws them included in 800', async () => {
  const whole = await weigh(`export {drawStill} from './still.js'`);
  const { stillFaces } = await import('../../../web-widget/avatar/still.js');
  assert.deepEqual(Object.keys(stillFaces), skins);
  const data = brotliCompressSync(Buffer.from(JSON.stringify(stillFaces))).length;
  assert.ok(data <= 700, `${data} bytes`);
  assert.ok(whole <= 800, `${whole} bytes`);
});
