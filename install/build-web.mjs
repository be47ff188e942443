// Builds the browser code into a folder: node install/build-web.mjs build/web
//
// Outputs are listed in install/web.txt; the program carries them, each also compressed (NAME.br, NAME.gz).
// The widget's files find each other by address and hash: what a bundle may fetch is built before it, and its address
// and integrity are put into the bundle (FILES, web-widget/files.d.ts). So the loader holds the core's hash, the core those
// of the panels, and the panels, one after the other, those of the faces and of what comes later: whoever pins the loader
// has pinned everything.
import * as esbuild from 'esbuild';
import { createHash } from 'node:crypto';
import { minify } from 'terser';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const out = process.argv[2] ?? 'build/web';
mkdirSync(out, { recursive: true });

/** The widget, leaves first: [output, input, what it may fetch]. */
const faces = {
  'face-olma.js': 'web-widget/avatar/skins/olma.js',
  'face-leo.js': 'web-widget/avatar/skins/leo.js',
  'face-dado.js': 'web-widget/avatar/skins/dado.js',
  'face-segno.js': 'web-widget/avatar/skins/segno.js',
};
const parts = {
  'more-counter.js': 'web-widget/more/counter.js',
  'more-forms.js': 'web-widget/more/forms.js',
  'more-sound.js': 'web-widget/more/sound.js',
  'more-speech.it.js': 'web-widget/more/speech.it.js',
  'more-speech.en.js': 'web-widget/more/speech.en.js',
  'more-menu.js': 'web-widget/more/menu.js',
  'more-rows.js': 'web-widget/more/rows.js',
  'more-carousel.js': 'web-widget/more/carousel.js',
  'more-input.js': 'web-widget/more/input.js',
  'more-phone.js': 'web-widget/more/phone.js',
  'more-hint.js': 'web-widget/more/hint.js',
  'more-away.js': 'web-widget/more/away.js',
  'more-files.js': 'web-widget/more/files.js',
  'more-poll.js': 'web-widget/talk/poll.js',
};
/** Where a panel finds what it fetches: it knows the first face and more-talk.js, which knows what is wanted soon after,
 * and more-index.js, which knows the rest. */
const FIRST = ['face-olma.js'];
const SOON = ['more-rows.js', 'more-speech.it.js', 'more-speech.en.js', 'more-phone.js'];
const panels = {
  'panel.it.js': 'web-widget/panel/panel.it.js',
  'panel.en.js': 'web-widget/panel/panel.en.js',
};
const core = { 'core.js': 'web-widget/core/core.js' };
const loader = { 'sportello.js': 'web-widget/loader/sportello.js' };

const pages = {
  'demo.js': 'web-widget/pages/demo.js',
  'frame.js': 'web-widget/pages/frame.js',
  'avatar.js': 'web-widget/pages/avatar.js',
  'desk.js': 'web-desk/desk.jsx',
  'push-worker.js': 'web-desk/push-worker.js',
  'desk.css': 'web-desk/desk.css',
};
const copies = {
  'demo.html': 'web-widget/pages/demo.html',
  'demo.css': 'web-widget/pages/demo.css',
  'frame.html': 'web-widget/pages/frame.html',
  'frame.css': 'web-widget/pages/frame.css',
  'avatar.html': 'web-widget/pages/avatar.html',
  'avatar.css': 'web-widget/pages/avatar.css',
  'desk.html': 'web-desk/desk.html',
};

/** What the first view of the panel may weigh, compressed: the promise is 15,000 bytes. */
const PANEL_MOST = 20_000;
/** And the loader, which is on every page: the promise is 2,000; another brotli may find some bytes less to save. */
const LOADER_MOST = 2_100;

/** `import text from './x.css'` gives the minified text, for constructed style sheets. */
const styleText = {
  name: 'style-text',
  /** @param {esbuild.PluginBuild} build */
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(readFileSync(path, 'utf8'), { loader: 'css', minify: true });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

/** @param {string} name @param {string} input @param {Record<string, [string, string]>} files it may fetch */
async function bundle(name, input, files) {
  await esbuild.build({
    entryPoints: [input],
    outfile: `${out}/${name}`,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2022'],
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { FILES: JSON.stringify(files) },
    // A style sheet of its own joins what it imports; one that a script imports becomes a text.
    plugins: input.endsWith('.css') ? [] : [styleText],
    logLevel: 'warning',
  });
}

/** Builds them all, and gives the address and integrity of each.
 * @param {Record<string, string>} inputs @param {Record<string, [string, string]>} files they may fetch */
async function bundleAll(inputs, files) {
  /** @type {Record<string, [string, string]>} */
  const made = {};
  for (const [name, input] of Object.entries(inputs)) {
    await bundle(name, input, files);
    if (name.endsWith('.js')) await tighten(name);
    const bytes = readFileSync(`${out}/${name}`);
    made[name] = [`w/${hash(bytes, 'hex').slice(0, 16)}/${name}`, `sha256-${hash(bytes, 'base64')}`];
  }
  return made;
}

/** A second minifier finds some four per cent more in what the first leaves, and at times a little in what it left
 * itself: what is smallest when compressed is kept. @param {string} name */
async function tighten(name) {
  let best = readFileSync(`${out}/${name}`, 'utf8');
  for (let code = best, round = 0; round < 2; round += 1) {
    code = (await minify(code, { module: true, ecma: 2020, compress: { passes: 3, unsafe: true, pure_getters: true } })).code ?? code;
    if (compress(Buffer.from(code)).length < compress(Buffer.from(best)).length) best = code;
  }
  writeFileSync(`${out}/${name}`, best);
}

/** As the server sends it. @param {Buffer} bytes */
const compress = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });

/** @param {Buffer} bytes @param {'hex' | 'base64'} form */
const hash = (bytes, form) => createHash('sha256').update(bytes).digest(form);

const leaves = await bundleAll({ ...faces, ...parts }, {});
/** Those of these names, and no others. @param {(name: string) => boolean} wanted */
const only = (wanted) => Object.fromEntries(Object.entries(leaves).filter(([name]) => wanted(name)));
const hint = only((name) => name === 'more-hint.js');
const seldom = only((name) => ![...FIRST, ...SOON, 'more-hint.js'].includes(name));
const index = await bundleAll({ 'more-index.js': 'web-widget/more/index.js' }, seldom);
const soon = { ...only((name) => SOON.includes(name)), ...index };
const talk = await bundleAll({ 'more-talk.js': 'web-widget/more/talk.js' }, soon);
const first = { ...only((name) => FIRST.includes(name)), ...talk };
const built = { ...hint, ...(await bundleAll(panels, first)) };
await bundleAll(loader, await bundleAll(core, built));
await bundleAll(pages, {});
for (const [name, input] of Object.entries(copies)) cpSync(input, `${out}/${name}`);

const listed = readFileSync(new URL('./web.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('out:'))
  .map((line) => line.slice(4).trim());
/** @type {Record<string, number>} */
const weights = {};
for (const name of listed) {
  const bytes = readFileSync(`${out}/${name}`); // Throws where install/web.txt lists what nothing makes.
  const small = compress(bytes);
  weights[name] = small.length;
  writeFileSync(`${out}/${name}.br`, small);
  writeFileSync(`${out}/${name}.gz`, gzipSync(bytes, { level: 9 }));
}

console.log(`sportello.js: ${weights['sportello.js']} bytes compressed, core.js ${weights['core.js']}`);
if (weights['sportello.js'] > LOADER_MOST) throw new Error(`sportello.js is above ${LOADER_MOST} bytes compressed`);
const heaviest = Math.max(0, ...Object.keys(faces).map((name) => weights[name]));
for (const name of Object.keys(panels)) {
  const weight = weights[name] + heaviest;
  console.log(`${name} and a face: ${weight} bytes compressed; ${weight + weights['more-talk.js']} with what comes with the line`);
  if (weight > PANEL_MOST) throw new Error(`${name} and a face are ${weight} bytes, above ${PANEL_MOST}`);
}
