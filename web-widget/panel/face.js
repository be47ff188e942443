// Who is there, as a picture: the avatar; for a person the photo or the initials, and never the avatar beside them. One
// click puts the avatar away, another brings it back; this browser remembers it, because the visitor has asked for it.
import { createAvatar } from '../avatar/engine.js';
import { faceChosen, faceKeep } from './face-choice.js';
import { el, setText } from './dom.js';

/** Longer than a welcome takes as a rule. */
const LONG_MS = 1000;

/** Of the first word and the last. @param {string} name */
export function initials(name) {
  const words = name.trim().split(/\s+/u);
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return ends.map(([letter]) => letter).join('').toLocaleUpperCase() || '•';
}

/** @param {import('./panel.js').Context} context */
export function createFace({ words, load, session, signal, avatar: wanted, parts }) {
  const letters = el('span', { class: 'initials', 'aria-hidden': 'true' });
  const away = el('button', { type: 'button', class: 'away' });
  const picture = el('span', { class: 'picture', role: 'img' }, letters);
  const node = el('span', { class: 'face' }, picture, away);
  /** @type {ReturnType<typeof createAvatar> | null} */
  let avatar = null;
  let shown = '';
  let state = 'idle';
  let mood = 'neutral';
  let acted = false;
  /** @type {import('../avatar/engine.js').Speaking | undefined} comes with what says answers */
  let speaking;

  /** The avatar of that name, or none: what is not there is fetched. @param {string} name '' = none */
  async function choose(name) {
    shown = name;
    avatar?.end();
    avatar = null;
    node.classList.toggle('plain', !name);
    const label = words(name ? 'faceHide' : 'faceShow');
    away.setAttribute('aria-label', label);
    away.title = label;
    if (!name) return;
    /** @type {{skin: import('../avatar/draw.js').Skin} | null} */
    const module = await load(`face-${name}.js`).catch(() => null);
    if (signal.aborted || shown !== name) return;
    if (!module) return void node.classList.add('plain'); // The initials stand for it; the next panel tries again.
    avatar = createAvatar({ skin: module.skin, host: picture, parts: parts(), speaking });
    if (acted) avatar.wake();
    avatar.state(state);
    avatar.mood(mood);
  }

  /** The tag's own, else the site's, else the house's. */
  const own = () => wanted() || session.model.site?.avatar || 'olma';
  const plain = wanted() === 'initials';
  /** Whose it was when it began; '' = not yet. */
  let begun = '';
  /** Once it is known which: the tag or the visitor says it, or the site at its welcome; who waits for that for long
   * sees the house's meanwhile. */
  function begin() {
    begun = own();
    const chosen = faceChosen();
    void choose(plain || chosen === 'off' ? '' : chosen || own());
  }
  /** Shows it, and remembers it. @param {string} name 'off' = none, '' = what the site shows: nothing is remembered */
  function keep(name) {
    faceKeep(name === own() ? '' : name);
    void choose(name === 'off' ? '' : name || own());
  }
  away.addEventListener('click', () => keep(shown ? 'off' : own()), { signal });
  signal.addEventListener('abort', () => avatar?.end());
  away.hidden = plain;
  if (wanted() || faceChosen()) begin();
  else {
    load('face-olma.js').catch(() => {}); // Most often this one.
    setTimeout(() => begun || begin(), LONG_MS);
  }

  return {
    node,
    /** Where the picture is. */
    picture,
    /** @param {import('../more/mood.js').Face} now @param {string} label @param {string} name of who is there
     * @param {string} tone the editors' word for the tone of the last answer */
    show(now, label, name, tone) {
      if (begun ? begun !== own() : session.model.site) begin();
      node.dataset.face = state = now;
      mood = tone || 'neutral';
      avatar?.state(state);
      avatar?.mood(mood);
      if (picture.getAttribute('aria-label') !== label) picture.setAttribute('aria-label', label);
      setText(letters, initials(name));
    },
    /** The visitor did something: from now on it may move for longer. */
    wake() {
      acted = true;
      avatar?.wake();
    },
    /** @param {import('../avatar/engine.js').Speaking} given */
    learn(given) {
      speaking = given;
      avatar?.learn(given);
    },
    /** @param {import('../avatar/visemes.js').Timeline} line */
    speak: (line) => avatar?.speak(line),
    hush: () => avatar?.hush(),
    /** @param {string} name */
    gesture: (name) => avatar?.gesture(name),
    keep,
    chosen: () => shown || 'off',
    own,
  };
}
