// The playground of the faces: every figure, state, mood, gesture, mouth, size, colour and part, and the tag to copy.
import { add, at, bound, channels } from '../avatar/channels.js';
import { draw } from '../avatar/draw.js';
import { createAvatar } from '../avatar/engine.js';
import { gestures } from '../avatar/gestures.js';
import { speaking } from '../avatar/speaking.js';
import { moods } from '../avatar/moods.js';
import { skin as dado } from '../avatar/skins/dado.js';
import { skin as leo } from '../avatar/skins/leo.js';
import { skin as olma } from '../avatar/skins/olma.js';
import { skin as segno } from '../avatar/skins/segno.js';
import { states } from '../avatar/states.js';
import { drawStill } from '../avatar/still.js';
import { visemes } from '../avatar/visemes.js';
import { visemesOf as english } from '../speech/letters-en.js';
import { visemesOf as italian } from '../speech/letters-it.js';
import { speechOf } from '../speech/track.js';
import { words } from './avatar.words.js';

const SIZES = [32, 48, 68, 128, 256];
const GROUNDS = ['light', 'dark', 'tint'];
/** @type {Record<string, import('../avatar/draw.js').Skin>} */
const skins = { olma, leo, dado, segno };

const asked = new URLSearchParams(location.search).get('lang');
const language = asked === 'it' || asked === 'en' ? asked : navigator.language.startsWith('it') ? 'it' : 'en';
const say = (/** @type {string} */ key) => words[language][key] ?? key;

/** What is chosen now. */
const chosen = {
  skin: location.hash.slice(1) in skins ? location.hash.slice(1) : 'olma',
  state: 'idle',
  mood: 'neutral',
  size: 256,
  ground: 'light',
  /** @type {Record<string, string>} */
  colors: {},
  /** @type {Record<string, boolean>} */
  parts: {},
};
/** @type {ReturnType<typeof createAvatar> | null} */
let avatar = null;
/** @type {ReturnType<typeof createAvatar> | null} */
let small = null;
let telling = 0;

const place = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} name @param {Record<string, string>} attributes @param {...(Node | string)} children */
function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  node.append(...children);
  return node;
}
/** A figure that stands still. @param {...import('../avatar/channels.js').Pose} poses */
function still(...poses) {
  const skin = skins[chosen.skin];
  const picture = draw(skin, document);
  const vector = new Float32Array(channels.length);
  vector[at.here] = 1;
  for (const pose of poses) add(vector, pose);
  bound(vector);
  for (const part in skin.parts) picture.set(part, chosen.parts[part]);
  picture.apply(vector);
  return picture.node;
}
/** One choice of several. @param {string} group @param {string} value @param {string} now @param {(value: string) => void} choose @param {...(Node | string)} face */
function choice(group, value, now, choose, ...face) {
  const input = /** @type {HTMLInputElement} */ (el('input', { type: 'radio', name: group, value }));
  input.checked = value === now;
  input.addEventListener('change', () => choose(value));
  return el('label', {}, input, ...face);
}

/** The figures to choose from: they keep their own colours. */
function showSkins() {
  place('skins').replaceChildren(
    ...Object.keys(skins).map((name) => {
      const before = { ...chosen };
      Object.assign(chosen, { skin: name, parts: skins[name].parts });
      const picture = still(states.idle.pose);
      Object.assign(chosen, before);
      return choice('skin', name, chosen.skin, chooseSkin, picture, el('b', {}, say(name)), el('small', {}, say(`${name}_is`)));
    }),
  );
}
/** @param {string} name */
function chooseSkin(name) {
  Object.assign(chosen, { skin: name, parts: { ...skins[name].parts }, colors: {} });
  history.replaceState(null, '', `#${name}`);
  paint();
  showFigure();
  showColors();
  showParts();
  showSheets();
  tell();
}

function showFigure() {
  avatar?.end();
  small?.end();
  const skin = skins[chosen.skin];
  avatar = createAvatar({ skin, host: place('figure'), speaking });
  small = createAvatar({ skin, host: place('small'), speaking });
  for (const one of [avatar, small]) {
    for (const part in chosen.parts) one.wear(part, chosen.parts[part]);
    one.state(chosen.state);
    one.mood(chosen.mood);
    if (acted) one.wake();
  }
  place('small-name').textContent = place('who').textContent = say(chosen.skin);
  place('launcher').replaceChildren(drawStill(chosen.skin));
  resize();
  caption();
}
function resize() {
  if (avatar) avatar.node.style.width = avatar.node.style.height = `${chosen.size}px`;
  place('stage').dataset.ground = chosen.ground === 'tint' ? 'accent' : chosen.ground;
}
function caption() {
  const mood = chosen.mood === 'neutral' ? '' : ` (${say(chosen.mood)})`;
  place('doing').textContent = `${say(`${chosen.state}_is`)}${mood}`;
  place('figure').setAttribute('aria-label', `${say(chosen.skin)}: ${say(`${chosen.state}_is`)}${mood}`);
}

/** Small pictures of everything, in the colours and parts that are chosen. */
function showSheets() {
  place('states').replaceChildren(
    ...Object.entries(states).map(([name, { pose }]) =>
      choice('state', name, chosen.state, (state) => (Object.assign(chosen, { state }), avatar?.state(state), small?.state(state), caption()), still(pose), say(name)),
    ),
  );
  place('moods').replaceChildren(
    ...Object.entries(moods).map(([name, pose]) =>
      choice('mood', name, chosen.mood, (mood) => (Object.assign(chosen, { mood }), avatar?.mood(mood), small?.mood(mood), caption()), still(states.speaking.pose, pose), say(name)),
    ),
  );
  place('visemes').replaceChildren(
    ...visemes.map(([name, , pose], number) => {
      const mouth = still({ smile: 0.25 }, pose);
      // A face is seen from near here: the mouth and what is about it.
      if (chosen.skin !== 'segno') mouth.setAttribute('viewBox', '33 47.5 30 30');
      const button = el('button', { type: 'button' }, mouth, name);
      button.addEventListener('click', () => avatar?.speak({ at: [0, 1400], viseme: [number, 0], length: 1600 }));
      return button;
    }),
  );
}
function showGestures() {
  place('gestures').replaceChildren(
    ...Object.keys(gestures).map((name) => {
      const button = el('button', { type: 'button' }, say(name));
      button.addEventListener('click', () => (avatar?.gesture(name), small?.gesture(name)));
      return button;
    }),
  );
}
function showColors() {
  place('colors').replaceChildren(
    ...Object.entries(skins[chosen.skin].colors).map(([name, color]) => {
      const input = /** @type {HTMLInputElement} */ (el('input', { type: 'color', value: color }));
      input.addEventListener('input', () => {
        chosen.colors[name] = input.value;
        paint();
        tell();
      });
      return el('label', {}, input, words[language][`${chosen.skin}_${name}`] ?? say(name));
    }),
  );
}
/** Colours are custom properties of the bench, not of the figures to choose from. */
function paint() {
  const bench = /** @type {HTMLElement} */ (document.querySelector('.bench'));
  for (const name of ['skin', 'hair', 'clothes', 'accent', 'ground']) {
    if (chosen.colors[name]) bench.style.setProperty(`--avatar-${name}`, chosen.colors[name]);
    else bench.style.removeProperty(`--avatar-${name}`);
  }
}
function showParts() {
  place('parts').replaceChildren(
    ...Object.keys(chosen.parts).map((part) => {
      const input = /** @type {HTMLInputElement} */ (el('input', { type: 'checkbox' }));
      input.checked = chosen.parts[part];
      input.addEventListener('change', () => {
        chosen.parts[part] = input.checked;
        avatar?.wear(part, input.checked);
        small?.wear(part, input.checked);
        showSheets();
        tell();
      });
      return el('label', {}, input, say(part));
    }),
  );
}

/** The code to copy: only what differs from the figure as it is. */
function tell() {
  const { skin, parts, colors } = chosen;
  const worn = Object.keys(parts).filter((part) => parts[part]);
  const changed = Object.keys(parts).some((part) => parts[part] !== skins[skin].parts[part]);
  const tag = [`<sportello-chat lang="${language}"`, `avatar="${skin}"`, changed && `avatar-parts="${worn.join(' ')}"`];
  const lines = [
    `<script type="module" src="${new URL('sportello.js', location.href).href}"></script>`,
    `${tag.filter(Boolean).join(' ')}></sportello-chat>`,
  ];
  const rules = Object.entries(colors).map(([name, value]) => `  --avatar-${name}: ${value};`);
  if (rules.length) lines.push('', `/* ${say('css')} */`, 'sportello-chat {', ...rules, '}');
  place('snippet').textContent = lines.join('\n');
  place('copied').textContent = '';
}

/** @param {string} text */
function speak(text) {
  const { timeline: line, shownAt } = speechOf(language === 'it' ? italian(text) : english(text), { cap: Infinity });
  const begun = performance.now();
  const turn = ++telling;
  avatar?.state('speaking');
  small?.state('speaking');
  avatar?.speak(line, begun);
  small?.speak(line, begun);
  const said = place('said');
  const show = () => {
    if (turn !== telling) return;
    const time = calm.matches ? line.length : performance.now() - begun;
    said.textContent = text.slice(0, shownAt(time));
    if (time < line.length) return void setTimeout(show, 60);
    avatar?.state(chosen.state);
    small?.state(chosen.state);
  };
  show();
}

const calm = matchMedia('(prefers-reduced-motion: reduce)');
let acted = false;
document.documentElement.lang = language;
document.title = say('title');
for (const link of document.querySelectorAll('[data-switch]')) {
  if (link.getAttribute('data-switch') === language) link.setAttribute('aria-current', 'true');
  /** @type {HTMLAnchorElement} */ (link).addEventListener('click', () => (/** @type {HTMLAnchorElement} */ (link).hash = chosen.skin));
}
for (const kind of ['pointerdown', 'keydown'])
  document.addEventListener(kind, () => {
    acted = true;
    avatar?.wake();
    small?.wake();
  });
place('calm').hidden = !calm.matches;
const sentence = /** @type {HTMLInputElement} */ (place('sentence'));
sentence.value = say('sentence');
place('say').addEventListener('submit', (event) => {
  event.preventDefault();
  speak(sentence.value.trim());
});
place('reset').addEventListener('click', () => {
  chosen.colors = {};
  paint();
  showColors();
  tell();
});
place('copy').addEventListener('click', async () => {
  const code = place('snippet');
  try {
    await navigator.clipboard.writeText(code.textContent ?? '');
    place('copied').textContent = say('copied');
  } catch {
    getSelection()?.selectAllChildren(code); // Without the right to copy: selected, ready for the keyboard.
  }
});
const pill = (/** @type {string} */ group, /** @type {'size' | 'ground'} */ key, /** @type {(string | number)[]} */ values) =>
  place(group).replaceChildren(
    ...values.map((value) =>
      choice(key, String(value), String(chosen[key]), () => (Object.assign(chosen, { [key]: value }), resize()), typeof value === 'number' ? String(value) : say(value)),
    ),
  );
pill('sizes', 'size', SIZES);
pill('grounds', 'ground', GROUNDS);
showSkins();
showGestures();
chooseSkin(chosen.skin);
