// The visitor's turn comes near, or a person has come: said in the title of a page that is not looked at, and by a
// sound where the visitor has asked for one.

/** @typedef {import('../talk/model.js').Model} Model */

const NEAR_PLACE = 2;
const NEAR_MINUTES = 2;
/** The other pages hear of it within this time. */
const SOUND_MS = 3000;

/** No promise that the numbers do not carry: somebody must be there.
 * @param {Pick<Model, 'who' | 'place'>} model */
export function isNear({ who, place }) {
  if (who !== 'waiting' || !place || !place.open || !place.online || place.beyond || place.position < 1) return false;
  return place.position <= NEAR_PLACE || (place.high >= 0 && place.high <= NEAR_MINUTES);
}

/** What is worth a glance: '' = nothing. @param {Model} was @param {Model} model @returns {'' | 'near' | 'here' | 'said'} */
export function newsOf(was, model) {
  if (was.who !== 'agent' && model.who === 'agent') return was.who === 'waiting' ? 'here' : '';
  if (!isNear(was) && isNear(model)) return 'near';
  const last = model.items.at(-1);
  const fresh = last && last !== was.items.at(-1) && last.from === 'agent' && !last.replayed;
  return fresh ? 'said' : '';
}

/**
 * Tells it in the title while the page is hidden, and takes it back when it is looked at.
 * @param {import('./counter.js').CounterWords} words @param {AbortSignal} signal
 */
export function createHerald(words, signal) {
  const sound = createSound();
  let before = '';
  let told = '';
  const restore = () => {
    if (told && document.title === told) document.title = before;
    told = '';
  };
  document.addEventListener('visibilitychange', () => document.hidden || restore(), { signal });
  signal.addEventListener('abort', restore);
  return {
    sound,
    /** @param {'near' | 'here' | 'said'} news */
    tell(news) {
      if (news !== 'said' || document.hidden) aloneFor(SOUND_MS, () => sound.play());
      if (!document.hidden) return;
      restore();
      before = document.title;
      told = document.title = `${words(`title_${news}`)} – ${before}`;
    },
  };
}

/** Does this in one page of the browser only: whichever comes first. @param {number} ms @param {() => void} work */
export function aloneFor(ms, work) {
  const locks = navigator.locks;
  if (!locks) return work(); // A page without TLS.
  void locks
    .request('sportello:sound', { ifAvailable: true }, (lock) => {
      if (!lock) return;
      work();
      return new Promise((done) => setTimeout(done, ms));
    })
    .catch(work);
}

/** Two soft tones. Nothing sounds before `allow`, which must come from a click: browsers ask for it. */
function createSound() {
  /** @type {AudioContext | null} */
  let audio = null;
  let on = false;
  return {
    isOn: () => on,
    /** @param {boolean} wanted */
    allow(wanted) {
      on = wanted;
      if (on) audio ??= new AudioContext();
      if (on) this.play();
    },
    play() {
      if (!on || !audio) return;
      void audio.resume();
      for (const [pitch, after] of [[660, 0], [880, 0.16]]) {
        const tone = audio.createOscillator();
        const gain = audio.createGain();
        const at = audio.currentTime + after;
        tone.frequency.value = pitch;
        gain.gain.setValueAtTime(0.0001, at);
        gain.gain.exponentialRampToValueAtTime(0.12, at + 0.02);
        gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.4);
        tone.connect(gain).connect(audio.destination);
        tone.start(at);
        tone.stop(at + 0.45);
      }
    },
  };
}
