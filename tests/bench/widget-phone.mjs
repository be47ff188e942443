// The widget on a slow phone: the longest task of what visitors do, with the worst that they may have.
import { join } from 'node:path';
import { startFakeServer } from '../browser/fake-server.mjs';
import { ROOT } from '../system/lib/program.mjs';
import { PHONE, paragraph, visit, wait } from './widget-scene.mjs';

/** @typedef {import('./widget-scene.mjs').Scene} Scene */
/** @typedef {Awaited<ReturnType<typeof startFakeServer>>} Fake */
/** @typedef {import('./widget.mjs').Bench} Bench */

const TASK_MS = 100;
const COUNT = 10_000;
const LONG_WORD = 'a'.repeat(4000);
/** Some three seconds of speaking. */
export const LONG_ANSWER = 'La spedizione costa sei euro e cinquanta, sopra i settanta euro è gratuita e arriva in due giorni. '.repeat(5);
const asked = `root.querySelectorAll('.rows .row').length > 1`;

/** @param {Bench} bench @param {(scene: Scene, fake: Fake) => Promise<void>} work */
async function onPhone({ browser }, work) {
  const fake = await startFakeServer({ root: join(ROOT, 'build/web') });
  const scene = await visit(browser, PHONE);
  try {
    await scene.go(`${fake.url}?lang=it`);
    await work(scene, fake);
  } finally {
    await scene.close();
    await fake.close();
  }
}

/** @param {Bench} bench @param {string} what @param {{cpu: number, wall: number, what: string}} found */
function task(bench, what, { cpu, wall, what: parts }) {
  bench.row(`slow phone, longest task: ${what}`, TASK_MS, 'ms', cpu);
  bench.note(`${what}: ${parts}; ${wall.toFixed(0)} ms with what the machine did besides`);
}

/** @param {Bench} bench */
export const opening = (bench) =>
  onPhone(bench, async (scene) => {
    const found = await scene.longest(async () => {
      await scene.open();
      await wait(2000);
    }, bench.counted);
    task(bench, 'opening the panel', found);
  });

/** @param {Bench} bench */
export const word = (bench) =>
  onPhone(bench, async (scene) => {
    await scene.open();
    await wait(1500);
    const found = await scene.longest(async () => {
      await scene.say(LONG_WORD);
      await scene.until(asked);
      await wait(2500);
    }, bench.counted);
    task(bench, 'a word of 4,000 letters, written, sent and answered', found);
  });

/** @param {Bench} bench */
export const speaking = (bench) =>
  onPhone(bench, async (scene, fake) => {
    await scene.open();
    await wait(1500);
    await scene.say('Che orari fate?');
    await scene.until(asked);
    await wait(3000);
    const found = await scene.longest(async () => {
      fake.append({ type: 'message', from: 'bot', blocks: [paragraph(LONG_ANSWER)] });
      await wait(4500);
    }, bench.counted);
    task(bench, 'a long answer, said with the face moving', found);
  });

/** @param {Bench} bench */
export const history = (bench) =>
  onPhone(bench, async (scene, fake) => {
    await scene.open();
    await scene.say('Che orari fate?');
    await scene.until(asked);
    await wait(1000); // What was seen is remembered.
    const { events } = fake.talk();
    while (events.length < COUNT) {
      const seq = events.length + 1;
      const text = `${seq} ${'Quanto costa la spedizione? '.repeat(1 + (seq % 5))}`;
      const at = Date.now() - (COUNT - seq) * 600_000;
      events.push({ type: 'message', seq, at, from: seq % 2 ? 'visitor' : 'bot', blocks: [paragraph(text)] });
    }
    await scene.go(`${fake.url}?lang=it`);
    const coming = await scene.longest(async () => {
      await scene.press('.launcher');
      await scene.until(`root.querySelector('.log')?.ariaBusy === 'false' && root.querySelector('.rows')?.textContent.includes('${COUNT} ')`);
      await wait(2000);
    }, bench.counted);
    task(bench, '10,000 messages come when the panel is opened', coming);
    const up = await scene.longest(async () => {
      for (let page = 0; page < 5; page += 1) {
        const before = await scene.ask(`root.querySelectorAll('.rows .row').length`);
        await scene.ask(`root.querySelector('.log').scrollTop = 350`);
        await scene.until(`root.querySelectorAll('.rows .row').length >= ${before + 50}`);
        await wait(500);
      }
    }, bench.counted);
    task(bench, 'five pages of 50 messages back', up);
  });
