// What the visitor says, as text: by the browser's own recognition, where there is one. It listens only between start() and
// stop(), and never longer than one sentence. In some browsers the sound goes to their maker: the panel says so beforehand.

/**
 * @typedef {object} Heard
 * @property {(text: string, final: boolean) => void} text what was understood so far
 * @property {(why: 'refused' | 'nothing' | 'failed' | undefined) => void} end undefined: all went well
 */

/** Why it ended, by the name that the browser gives. @type {Record<string, 'refused' | 'nothing' | undefined>} */
const REASONS = {
  'not-allowed': 'refused',
  'service-not-allowed': 'refused',
  'no-speech': 'nothing',
  'audio-capture': 'refused',
};

export class Ear {
  /** @param {Record<string, any>} world window, or what a test gives @param {string} lang */
  constructor(world, lang) {
    this.Recognition = world.SpeechRecognition ?? world.webkitSpeechRecognition;
    this.lang = lang;
    /** @type {any} */
    this.present = undefined;
  }

  /** Whether there is anything to listen with. */
  get can() {
    return typeof this.Recognition === 'function';
  }

  /** @param {Heard} heard */
  start(heard) {
    this.stop();
    if (!this.can) return heard.end('failed');
    const recognition = new this.Recognition();
    /** @type {'refused' | 'nothing' | 'failed' | undefined} */
    let why = 'nothing';
    recognition.lang = { it: 'it-IT', en: 'en-GB' }[this.lang] ?? this.lang;
    recognition.interimResults = true;
    recognition.continuous = false;
    recognition.onresult = (/** @type {any} */ event) => {
      const results = [...event.results];
      why = undefined;
      heard.text(results.map((result) => result[0].transcript).join(' ').trim(), results.every((result) => result.isFinal));
    };
    recognition.onerror = (/** @type {any} */ event) => {
      why = REASONS[event.error] ?? 'failed';
    };
    recognition.onend = () => {
      if (this.present !== recognition) return;
      this.present = undefined;
      heard.end(why);
    };
    this.present = recognition;
    try {
      recognition.start();
    } catch {
      this.present = undefined;
      heard.end('failed');
    }
  }

  /** Listens no longer; nothing more is told. */
  stop() {
    const recognition = this.present;
    this.present = undefined;
    recognition?.abort();
  }
}
