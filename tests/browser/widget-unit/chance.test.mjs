// Several pages of one browser, with a network that fails, by chance: nothing that was said is lost or doubled, all pages
// show the same, and what was erased is gone from all of them.
// Environment: RUNS (how many are played), SEED (only this one, with what happened).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bye, erase } from '../../../web-widget/talk/deeds.js';
import { World } from './chance-world.mjs';

const RUNS = Number(process.env.RUNS ?? 150);
const STEPS = 60;
const QUIET_MS = 300_000;

/** What was said, in order; a page's own words are a paragraph. @param {any[]} events */
const wordsOf = (events) => events.flatMap(({ blocks = [] }) => blocks.map(({ text, children }) => text ?? children[0].text));
/** What a page shows: all of it, and what is of the present conversation. */
const shown = ({ session: { model } }) => ({
  all: wordsOf(model.items),
  present: wordsOf(model.items.filter(({ epoch }) => epoch === model.epoch)),
});

/** What people and networks do. @param {World} world @param {boolean} erasing @returns {Set<string>} what was said */
function play(world, erasing) {
  const { random, clock } = world;
  const words = new Set();
  const open = () => void world.load().session.connect();
  const deeds = {
    say(page) {
      const text = `word ${words.size}`;
      words.add(text);
      page.session.say(text);
      return text;
    },
    open,
    close(page) {
      if (world.pages.length < 2 || page.session.model.pending.length) return; // What a closed tab had not yet sent is lost with it.
      world.leave(page);
    },
    reload(page) {
      if (!page.session.talk) return; // Until all of the widget has come, what was said is only in the page.
      world.leave(page);
      world.load(page.tab).session.connect();
    },
    cut: () => random.one([...world.lines])?.cut(),
    hang: () => random.one([...world.lines])?.hang(),
    down() {
      world.down = true;
      for (const line of [...world.lines]) line.cut();
      clock.after(random.below(20_000), () => (world.down = false));
    },
    sleep: (page) => page.session.wake(),
    network: (page) => page.session.renew(),
    human: (page) => page.session.human(),
    person: (page) => world.server.person(random.one(['agent', 'agent', 'bot', 'waiting']), page.session.model.token),
    bye: (page) => page.session.model.last && bye(page.session),
    ...(erasing && { erase: (page) => page.session.model.last && erase(page.session) }),
  };
  const often = ['say', 'say', 'say', 'say', 'cut', 'open', ...Object.keys(deeds)];
  open();
  for (let step = 0; step < STEPS; step += 1) {
    clock.pass(random.below(random.once(4) ? 10_000 : 300));
    const page = random.one(world.pages);
    world.lookAt(page);
    const what = random.one(often);
    world.note(`page ${world.pages.indexOf(page)} ${what}`, deeds[what](page) ?? '');
  }
  world.down = false;
  return words;
}

/** @param {number} seed @param {boolean} erasing */
function run(seed, erasing) {
  const world = new World(seed);
  const said = play(world, erasing);
  const { server, clock } = world;
  clock.pass(QUIET_MS);
  // Who comes back looks at every page: one whose line died while nothing was said may not know it before.
  world.seen = null;
  for (const page of world.pages) world.lookAt(page);
  clock.pass(QUIET_MS);
  if (process.env.SEED) console.log(world.diary.join('\n'));
  // What was erased before its page had heard that it was stored may be sent again: the server knows nothing of it any more.
  const stands = [...server.visitors.values()].flatMap(({ cids }) => [...cids.keys()]);
  assert.equal(new Set(stands).size, stands.length, 'nothing stands there twice');
  if (!erasing) {
    assert.deepEqual(server.heardWords.toSorted(), [...said].toSorted(), 'all that was said was heard');
    assert.equal(server.visitors.size, said.size ? 1 : 0, 'one browser is one visitor');
  }
  const token = world.local.has('k') && JSON.parse(world.local.get('k')).token;
  const { events = [], who = 'bot' } = server.visitors.get(token) ?? {};
  const words = wordsOf(events);
  for (const page of world.pages) {
    const { all, present } = shown(page);
    assert.deepEqual(page.session.model.pending, [], 'nothing waits');
    if (words.length) assert.equal(page.session.model.who, who, 'every page knows with whom the visitor speaks');
    if (words.length) assert.deepEqual(present, words, 'every page shows all of the present conversation');
    assert.deepEqual(all.filter((word, at) => all.indexOf(word) !== at), [], 'and nothing twice');
  }
  const tried = world.tried;
  clock.pass(QUIET_MS);
  assert.equal(world.tried, tried, 'no page changes its line without need');
  erase(world.pages[0].session);
  clock.pass(QUIET_MS);
  assert.equal(world.local.size, 0, 'nothing is left in the browser');
  for (const page of world.pages) assert.deepEqual([page.tab.size, shown(page).all, page.session.remembered], [0, [], false]);
}

const seeds = process.env.SEED ? [Number(process.env.SEED)] : Array.from({ length: RUNS }, (_, i) => i + 1);
for (const erasing of [false, true]) {
  test(`${seeds.length} runs of chance, ${erasing ? 'erased in between' : 'nothing erased before the end'}`, () => {
    for (const seed of seeds) {
      try {
        run(seed, erasing);
      } catch (error) {
        error.stack = `seed ${seed}: ${error.stack}`;
        throw error;
      }
    }
  });
}
