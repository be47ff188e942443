// The figures in a real browser: what is seen, when nothing may run, what it costs, and the playground.
//   node --test tests/browser/avatar.test.mjs
// SHOTS=DIR keeps a picture of each figure in each state, for whoever wants to look.
import * as esbuild from 'esbuild';
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findings, launch, openPage } from './browser.mjs';
import { startFakeServer } from './fake-server.mjs';

const folder = fileURLToPath(new URL('../../web-widget/avatar/', import.meta.url));
const root = process.env.WEB ?? 'build/web';
const shots = process.env.SHOTS;
const SKINS = ['olma', 'leo', 'dado', 'segno'];
const STATES = ['idle', 'listening', 'thinking', 'unsure', 'speaking', 'waiting', 'human-here', 'offline'];
const MOODS = ['neutral', 'warm', 'glad', 'sorry', 'serious'];

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {string} */
let script;
before(async () => {
  browser = await launch();
  const imports = SKINS.map((name) => `import {skin as ${name}} from './skins/${name}.js';`).join('');
  const { outputFiles } = await esbuild.build({
    stdin: { contents: `${imports}export {createAvatar} from './engine.js';export {speaking} from './speaking.js';export const skins = {${SKINS}};`, resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    globalName: 'Avatar',
  });
  script = outputFiles[0].text;
});
after(() => browser.close());

/** A page with one figure, and `frames`, how many were asked for. */
async function stage(options = {}, skin = 'olma', clock = false) {
  const page = await openPage(browser, { viewport: { width: 400, height: 400 }, ...options });
  if (clock) await page.clock.install();
  await page.setContent('<!doctype html><title>t</title><div id="host"></div><div id="tall"></div>');
  await page.evaluate(() => {
    const one = /** @type {any} */ (window);
    const native = window.requestAnimationFrame.bind(window);
    one.frames_ = 0;
    window.requestAnimationFrame = (step) => (one.frames_++, native(step));
  });
  await page.addScriptTag({ content: script });
  await page.evaluate((name) => {
    const one = /** @type {any} */ (window);
    one.avatar = one.Avatar.createAvatar({ skin: one.Avatar.skins[name], speaking: one.Avatar.speaking, host: document.getElementById('host') });
    one.avatar.node.style.width = '256px';
    one.say = (count) => {
      const line = { at: [], viseme: [], length: 0 };
      for (let place = 0; place < count; place++) {
        line.at.push(line.length);
        line.viseme.push((place * 7) % 15);
        line.length += 85;
      }
      one.avatar.state('speaking');
      one.avatar.speak(line);
    };
  }, skin);
  return page;
}
/** How many frames are asked for while `ms` go by. */
async function framesDuring(page, ms) {
  const count = () => page.evaluate(() => /** @type {any} */ (window).frames_);
  const begun = await count();
  await page.waitForTimeout(ms);
  return (await count()) - begun;
}

for (const skin of SKINS) {
  test(`${skin}: each state and each mood is seen to be another`, async () => {
    const page = await stage({ reducedMotion: 'reduce' }, skin);
    const picture = page.locator('#host svg');
    const seen = new Map();
    const look = async (name) => {
      const image = await picture.screenshot({ omitBackground: true });
      if (shots) {
        mkdirSync(shots, { recursive: true });
        writeFileSync(`${shots}/${skin}-${name}.png`, image);
      }
      assert.equal(seen.get(image.toString('base64')), undefined, `${name} looks like another`);
      seen.set(image.toString('base64'), name);
    };
    for (const name of STATES) {
      await page.evaluate((state) => /** @type {any} */ (window).avatar.state(state), name);
      await look(name);
    }
    await page.evaluate(() => /** @type {any} */ (window).avatar.state('speaking'));
    for (const name of MOODS.slice(1)) {
      await page.evaluate((mood) => /** @type {any} */ (window).avatar.mood(mood), name);
      await look(name);
    }
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  test(`${skin}: the mouths of different sounds are different pictures`, async () => {
    const page = await stage({}, skin, true);
    await page.evaluate(() => /** @type {any} */ (window).avatar.wake());
    const seen = new Set();
    for (let viseme = 0; viseme < 15; viseme++) {
      await page.evaluate((v) => /** @type {any} */ (window).avatar.speak({ at: [0], viseme: [v], length: 5000 }), viseme);
      await page.clock.runFor(600);
      seen.add(
        await page.evaluate(() => [...document.querySelectorAll('#host path')].map((path) => path.getAttribute('d')).join()),
      );
    }
    // Silence and a shut mouth may look alike, and so may two sounds made behind the teeth.
    assert.ok(seen.size >= 12, `${seen.size} of 15`);
    await page.context().close();
  });
}

test('no frame is asked for off the screen, hidden, or under reduced motion', async () => {
  const page = await stage();
  await page.evaluate(() => {
    const one = /** @type {any} */ (window);
    one.avatar.wake();
    one.say(400);
  });
  assert.ok((await framesDuring(page, 600)) > 10, 'it moves while it is seen');
  await page.evaluate(() => {
    /** @type {HTMLElement} */ (document.getElementById('tall')).style.height = '5000px';
    scrollTo(0, 4000);
  });
  await page.waitForTimeout(300);
  assert.equal(await framesDuring(page, 800), 0, 'off the screen');
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(300);
  assert.ok((await framesDuring(page, 600)) > 10, 'seen again');
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  assert.equal(await framesDuring(page, 800), 0, 'hidden');
  await page.context().close();

  const calm = await stage({ reducedMotion: 'reduce' });
  await calm.evaluate(() => {
    const one = /** @type {any} */ (window);
    one.avatar.wake();
    one.say(50);
    one.avatar.gesture('wave');
  });
  assert.equal(await framesDuring(calm, 800), 0, 'reduced motion');
  await calm.context().close();
});

test('idle for sixty seconds, or five before the visitor acts: no frame any more', async () => {
  for (const [act, quiet] of /** @type {[boolean, number][]} */ ([[true, 61_000], [false, 5_200]])) {
    const page = await stage({}, 'olma', true);
    if (act) await page.evaluate(() => /** @type {any} */ (window).avatar.wake());
    await page.clock.runFor(3000);
    const early = await page.evaluate(() => /** @type {any} */ (window).frames_);
    assert.ok(early > 10, `${early} frames`);
    await page.clock.runFor(quiet);
    const before = await page.evaluate(() => /** @type {any} */ (window).frames_);
    await page.clock.runFor(30_000);
    assert.equal(await page.evaluate(() => /** @type {any} */ (window).frames_), before);
    await page.context().close();
  }
});

test('script takes some thousandths of the time while it speaks, next to none while it is idle', async () => {
  for (const skin of SKINS) {
    const page = await stage({}, skin);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' }); // What others do on the machine is not counted.
    const spent = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1000;
    };
    /** The best of several stretches: other programs on the machine only ever add. */
    const each = async (stretches, seconds) => {
      let least = Infinity;
      for (let stretch = 0; stretch < stretches; stretch++) {
        const begun = await spent();
        await page.waitForTimeout(seconds * 1000);
        least = Math.min(least, ((await spent()) - begun) / seconds);
      }
      return least;
    };
    await page.evaluate(() => {
      const one = /** @type {any} */ (window);
      one.avatar.wake();
      one.say(300);
    });
    await page.waitForTimeout(1000);
    const speaking = await each(8, 1);
    await page.evaluate(() => {
      const one = /** @type {any} */ (window);
      one.avatar.hush();
      one.avatar.state('idle');
    });
    await page.waitForTimeout(1000);
    const idle = await each(2, 4);
    console.log(`${skin}: ${speaking.toFixed(1)} ms/s speaking, ${idle.toFixed(1)} idle`);
    // The figures that are promised (12 and 2) are the bench's; what is far from them is a fault on any machine.
    assert.ok(speaking <= 30, `${skin}: ${speaking} ms/s speaking`);
    assert.ok(idle <= 8, `${skin}: ${idle} ms/s idle`);
    await page.context().close();
  }
});

test('the playground chooses, shows and tells the tag, by keyboard, in both languages, without a complaint', async () => {
  const server = await startFakeServer({ root });
  const address = (query) => `${server.url}avatar.html${query}`;
  for (const [language, scheme] of /** @type {const} */ ([['it', 'light'], ['en', 'dark']])) {
    const page = await openPage(browser, { axe: true, colorScheme: scheme });
    await page.goto(address(`?lang=${language}`));
    await page.locator('#figure svg').waitFor();
    assert.deepEqual(await findings(page), [], language);
    await page.context().close();
  }
  const page = await openPage(browser);
  await page.goto(address('?lang=it'));
  await page.locator('input[name=skin][value=olma]').focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('#snippet', { hasText: 'avatar="leo"' }).waitFor();
  await page.locator('input[name=state][value=idle]').focus();
  await page.keyboard.press('ArrowRight');
  assert.match(await page.locator('#doing').innerText(), /ascolta/);
  assert.match((await page.locator('#figure').getAttribute('aria-label')) ?? '', /^Leo: ascolta/);
  await page.locator('#parts input').nth(3).check();
  await page.locator('#parts input').nth(0).uncheck();
  await page.locator('#colors input').nth(1).fill('#112233');
  const code = await page.locator('#snippet').innerText();
  assert.match(code, /<sportello-chat lang="it" avatar="leo" avatar-parts="pencil apron glasses"><\/sportello-chat>/);
  assert.match(code, /sportello-chat \{\n {2}--avatar-hair: #112233;\n\}/);
  assert.match(code, /src="http:\/\/127\.0\.0\.1:\d+\/sportello\.js"/);
  await page.locator('#sentence').fill('Ciao, mamma!');
  await page.locator('#sentence').press('Enter');
  await page.locator('#said', { hasText: 'Ciao, mamma!' }).waitFor();
  assert.deepEqual(page.complaints, [], 'under the policy of our pages');
  assert.deepEqual(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]), ['', 0, 0]);
  await page.context().close();
  await server.close();
});

/** What a face is painted with. @param {import('playwright-core').Locator} face */
const paintOf = (face) =>
  face.evaluate((node) => {
    const all = [...node.querySelectorAll('path, circle, ellipse, rect, line')].map((one) => getComputedStyle(one));
    return all.map(({ fill, stroke }) => `${fill} ${stroke}`);
  });

test('where colours are forced, each face keeps its own, and words say what it does', async () => {
  const server = await startFakeServer({ root });
  for (const skin of SKINS) {
    const page = await openPage(browser, { reducedMotion: 'reduce' });
    await page.goto(`${server.url}?lang=it`);
    const chat = page.locator('sportello-chat');
    await chat.evaluate((node, name) => node.setAttribute('avatar', name), skin);
    await chat.locator('.launcher').click();
    await chat.locator('.picture > svg path').first().waitFor();
    const faces = [chat.locator('.launcher > svg'), chat.locator('.picture > svg')];
    const own = await Promise.all(faces.map(paintOf));
    assert.ok(own.every((paint) => new Set(paint).size > 3), skin);
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    assert.equal(await page.evaluate(() => matchMedia('(forced-colors: active)').matches), true);
    assert.deepEqual(await Promise.all(faces.map(paintOf)), own, skin);
    await chat.getByText('Assistente automatico').first().waitFor();
    await chat.getByText('Qui per aiutarti').waitFor();
    await page.context().close();
  }
  const page = await openPage(browser, { forcedColors: 'active', colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.goto(`${server.url}avatar.html?lang=it`);
  await page.locator('#figure svg').waitFor();
  await page.locator('input[name=state][value=thinking]').check();
  assert.match(await page.locator('#doing').innerText(), /cerca la risposta/);
  // What is chosen stands out, within its row: that cuts what is outside.
  for (const one of ['.pills label:has(:checked)', '.languages [aria-current]']) {
    const outline = await page.locator(one).first().evaluate((node) => [getComputedStyle(node).outlineStyle, parseFloat(getComputedStyle(node).outlineOffset)]);
    assert.deepEqual(outline, ['solid', -3], one);
  }
  await page.locator('.pills label', { hasText: 'scuro' }).locator('input').check();
  assert.equal(await page.locator('.stage').evaluate((node) => getComputedStyle(node).backgroundColor), 'rgb(16, 23, 27)', 'the ground is what is looked at');
  await page.context().close();
  await server.close();
});

// The pictures of docs/widget.md: PICTURES=docs/images node --test --test-name-pattern="a sheet" tests/browser/avatar.test.mjs
test('a sheet of each figure: every state and mood has a look of its own beside its name', async () => {
  for (const skin of SKINS) {
    const page = await stage({ reducedMotion: 'reduce', viewport: { width: 860, height: 310 }, deviceScaleFactor: 1.5 });
    const looks = await page.evaluate(
      ([name, states, moods]) => {
        const one = /** @type {any} */ (window);
        document.body.replaceChildren();
        const style = new CSSStyleSheet();
        style.replaceSync('body{margin:0;padding:12px;display:grid;grid-template-columns:repeat(6,1fr);gap:12px 6px;justify-items:center;font:15px system-ui,sans-serif;color:#24333f;background:#fff}figure{margin:0;text-align:center}figure svg{border-radius:50%;width:116px!important;height:116px}');
        document.adoptedStyleSheets = [style];
        const drawn = [];
        for (const [what, kind] of [...states.map((state) => [state, 'state']), ...moods.map((mood) => [mood, 'mood'])]) {
          const figure = document.createElement('figure');
          const speaks = what === 'speaking';
          // Its own clock, so that it is in the middle of a word.
          let time = 0;
          let next = () => {};
          const clock = { reduced: () => false, now: () => time, frame: (/** @type {() => void} */ step) => ((next = step), () => (next = () => {})) };
          const avatar = one.Avatar.createAvatar({ skin: one.Avatar.skins[name], speaking: one.Avatar.speaking, host: figure, ...(speaks && clock) });
          avatar[kind](what);
          if (speaks) {
            avatar.wake();
            avatar.speak({ at: [0, 2000], viseme: [10, 0], length: 2000 });
            for (; time < 600; time += 50) next();
          }
          const caption = document.createElement('figcaption');
          caption.textContent = what;
          figure.append(caption);
          document.body.append(figure);
          drawn.push(avatar.node.innerHTML);
        }
        return drawn;
      },
      [skin, STATES, MOODS.slice(1)],
    );
    assert.equal(new Set(looks).size, looks.length, `${skin}: no two are the same`);
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/avatar-${skin}.png`, fullPage: true });
    await page.context().close();
  }
});
