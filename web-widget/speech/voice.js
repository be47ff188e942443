// Answers that are heard: only on the visitor's wish, never by themselves. The server's sound where the message has an id,
// else the browser's own voices, sentence by sentence. All sound ends in the same moment as stop() is called.

import { Follower, sentencesOf } from './follow.js';
import { decode, timelineOf } from './track.js';

/** @typedef {import('./track.js').Viseme} Viseme */
/** @typedef {import('./track.js').Timeline} Timeline */

/**
 * What a voice needs of the world; a page gives its own, a test another.
 * @typedef {object} World
 * @property {SpeechSynthesis} [speechSynthesis]
 * @property {typeof SpeechSynthesisUtterance} [SpeechSynthesisUtterance]
 * @property {typeof AudioContext} [AudioContext]
 * @property {() => boolean} [plays] whether Ogg Opus can be heard here
 * @property {typeof fetch} fetch
 * @property {() => number} now ms
 * @property {(work: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 */
/**
 * What is told while something sounds.
 * @typedef {object} Listener
 * @property {(timeline: Timeline) => void} mouth what the mouth does from now on
 * @property {(chars: number) => void} [heard] so many characters of the text were reached
 * @property {() => void} end it is over, or was stopped
 */

/** What the server is told where Opus can be heard; it gives WAV where it has none. */
const ACCEPT = 'audio/ogg;codecs=opus, audio/wav;q=0.5';
/** The server has too much to say just now. */
const BUSY = '503';
/** No sound for so long after it was asked for, or after its time: the browser's voice has stopped without a word. */
const WATCH_MS = 4000;
/** Voices come late in some browsers; after this it is tried without knowing them. */
const VOICES_MS = 1500;

export class Voice {
  /** @param {World} world @param {{base: string, lang: string, letters: (text: string) => Viseme[]}} options
   * `base`: address of the server, ending in / */
  constructor(world, { base, lang, letters }) {
    this.world = world;
    this.base = base;
    this.lang = lang;
    this.letters = letters;
    this.follower = new Follower();
    /** @type {AudioContext | undefined} */
    this.audio = undefined;
    /** Whether the server's sound is asked for as Opus; not known before the first. @type {boolean | undefined} */
    this.opus = undefined;
    /** Whether this browser's voice tells of its words; not known before the first sentence. @type {boolean | undefined} */
    this.tells = undefined;
    /** @type {(() => void) | undefined} what ends the present sound */
    this.silence = undefined;
  }

  /** Whether anything could be heard here. @param {boolean} [server] the message has an id */
  can(server) {
    return Boolean((server && this.world.AudioContext) || this.world.speechSynthesis);
  }

  /** To be called in a click: browsers let sound begin only there. */
  wake() {
    if (!this.audio && this.world.AudioContext) this.audio = new this.world.AudioContext();
    this.audio?.resume?.();
  }

  /** All sound ends, at once. */
  stop() {
    const silence = this.silence;
    this.silence = undefined;
    silence?.();
  }

  /** Speaks a text; what sounded before ends. @param {{text: string, voice?: string, track?: string}} message
   * @param {Listener} listener */
  async speak(message, listener) {
    this.stop();
    let over = false;
    const end = () => {
      if (over) return;
      over = true;
      listener.end();
    };
    const turn = { over: () => over, end };
    this.silence = end;
    if (message.voice && this.audio && (await this.fromServer(message, listener, turn))) return;
    if (over) return;
    if (this.world.speechSynthesis) await this.fromBrowser(message.text, listener, turn);
    else end();
  }

  /** False = it could not be had. @param {{voice?: string, track?: string, text: string}} message
   * @param {Listener} listener @param {{over: () => boolean, end: () => void}} turn */
  async fromServer(message, listener, turn) {
    const audio = /** @type {AudioContext} */ (this.audio);
    try {
      const [sound, track] = await Promise.all([
        this.sound(String(message.voice), audio),
        message.track ?? this.get(`${message.voice}.track`).then((answer) => answer.text()),
      ]);
      if (turn.over()) return true;
      const source = audio.createBufferSource();
      source.buffer = sound;
      source.connect(audio.destination);
      source.onended = () => turn.end();
      this.silence = () => {
        source.onended = null;
        source.stop();
        source.disconnect();
        turn.end();
      };
      source.start();
      listener.mouth(timelineOf(decode(track) ?? this.letters(message.text)));
      return true;
    } catch {
      return false;
    }
  }

  /** As Opus where that can be heard, else as WAV. A browser may say that it can and be wrong, and an older server knows
   * WAV only: then it is WAV from here on. @param {string} id @param {AudioContext} audio @returns {Promise<AudioBuffer>} */
  async sound(id, audio) {
    this.opus ??= Boolean(this.world.plays?.());
    try {
      const answer = await (this.opus ? this.get(id, ACCEPT) : this.get(`${id}.wav`));
      return await audio.decodeAudioData(await answer.arrayBuffer());
    } catch (error) {
      if (!this.opus || (error instanceof Error && error.message === BUSY)) throw error;
      this.opus = false;
      return this.sound(id, audio);
    }
  }

  /** @param {string} name @param {string} [accept] */
  async get(name, accept) {
    const answer = await this.world.fetch(`${this.base}voice/${name}`, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      ...(accept && { headers: { Accept: accept } }),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer;
  }

  /** The voices, which some browsers only have a while after they were asked. @returns {Promise<SpeechSynthesisVoice | undefined>} */
  async ownVoice() {
    const synthesis = /** @type {SpeechSynthesis} */ (this.world.speechSynthesis);
    if (synthesis.getVoices().length === 0) {
      await new Promise((done) => {
        const late = this.world.setTimeout(() => done(undefined), VOICES_MS);
        synthesis.addEventListener?.(
          'voiceschanged',
          () => {
            this.world.clearTimeout(late);
            done(undefined);
          },
          { once: true },
        );
      });
    }
    const fits = synthesis.getVoices().filter((voice) => voice.lang.toLowerCase().startsWith(this.lang));
    // One of this machine tells of its words, and sends nothing away.
    return fits.find((voice) => voice.localService) ?? fits[0];
  }

  /** @param {string} text @param {Listener} listener @param {{over: () => boolean, end: () => void}} turn */
  async fromBrowser(text, listener, turn) {
    const voice = await this.ownVoice();
    for (let at = 0; !turn.over(); ) {
      const next = sentencesOf(text.slice(at), this.tells === false)[0];
      if (!next || !(await this.sentence(next.text, at + next.at, voice, listener, turn))) break;
      at += next.at + next.text.length;
    }
    turn.end();
  }

  /** One sentence to its end: false where the voice gave up. @param {string} text @param {number} at
   * @param {SpeechSynthesisVoice | undefined} voice @param {Listener} listener
   * @param {{over: () => boolean, end: () => void}} turn @returns {Promise<boolean>} */
  sentence(text, at, voice, listener, turn) {
    const { world, follower } = this;
    const synthesis = /** @type {SpeechSynthesis} */ (world.speechSynthesis);
    return new Promise((done) => {
      const Utterance = /** @type {typeof SpeechSynthesisUtterance} */ (world.SpeechSynthesisUtterance);
      const utterance = new Utterance(text);
      utterance.lang = voice?.lang ?? this.lang;
      if (voice) utterance.voice = voice;
      const letters = this.letters(text);
      let words = 0;
      /** @type {any} */
      let watch;
      /** @param {boolean} good */
      const finish = (good) => {
        world.clearTimeout(watch);
        utterance.onstart = utterance.onboundary = utterance.onend = utterance.onerror = null;
        if (!good) synthesis.cancel();
        done(good);
      };
      /** @param {number} ms */
      const guard = (ms) => {
        world.clearTimeout(watch);
        watch = world.setTimeout(() => finish(false), ms);
      };
      this.silence = () => {
        finish(false);
        turn.end();
      };
      utterance.onstart = () => {
        const timeline = follower.begin(letters, world.now());
        guard(timeline.length * 2 + WATCH_MS);
        listener.mouth(timeline);
        listener.heard?.(at);
      };
      utterance.onboundary = (event) => {
        if (event.name && event.name !== 'word') return;
        words++;
        const timeline = event.charIndex > 0 ? follower.word(event.charIndex, world.now()) : undefined;
        if (!timeline) return;
        guard(timeline.length * 2 + WATCH_MS);
        listener.mouth(timeline);
        listener.heard?.(at + event.charIndex);
      };
      utterance.onend = () => {
        follower.end(world.now());
        if (/\s/.test(text)) this.tells = words > 1;
        listener.heard?.(at + text.length);
        finish(true);
      };
      utterance.onerror = () => finish(false);
      guard(WATCH_MS);
      // Chrome stays paused where a page before was.
      synthesis.resume();
      synthesis.speak(utterance);
    });
  }
}
