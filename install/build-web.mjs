// Builds the browser code into a folder: node install/build-web.mjs build/web
// Inputs are listed here, outputs in install/web.txt; the program carries the outputs.
import * as esbuild from 'esbuild';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const out = process.argv[2] ?? 'build/web';
mkdirSync(out, { recursive: true });

const bundles = {
  'sportello.js': 'web-widget/loader/sportello.js',
  'sportello-panel.js': 'web-widget/panel/sportello-panel.js',
  'demo.js': 'web-widget/pages/demo.js',
  'desk.js': 'web-desk/desk.jsx',
  'push-worker.js': 'web-desk/push-worker.js',
  'desk.css': 'web-desk/desk.css',
};
const copies = {
  'demo.html': 'web-widget/pages/demo.html',
  'demo.css': 'web-widget/pages/demo.css',
  'desk.html': 'web-desk/desk.html',
};

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

for (const [name, input] of Object.entries(bundles)) {
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
    // A style sheet of its own joins what it imports; one that a script imports becomes a text.
    plugins: input.endsWith('.css') ? [] : [styleText],
    logLevel: 'warning',
  });
}
for (const [name, input] of Object.entries(copies)) cpSync(input, `${out}/${name}`);

const listed = readFileSync(new URL('./web.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('out:'))
  .map((line) => line.slice(4).trim());
for (const name of listed) {
  if (!existsSync(`${out}/${name}`)) throw new Error(`install/web.txt lists ${name}, which nothing makes`);
}
