// Answers that are heard and questions that are spoken: fetched when the visitor asks for one of them in the menu. Nothing
// sounds and nothing listens before; both end at once when the visitor types, presses Esc, or turns them off.
import { iconButton } from '../panel/dom.js';
import { Ear } from '../speech/ear.js';
import { visemesOf as english } from '../speech/letters-en.js';
import { visemesOf as italian } from '../speech/letters-it.js';
import { Voice } from '../speech/voice.js';
import { wordsOf } from '../words/words.js';
import controls from './controls.css';
import css from './sound.css';
import { tables } from './sound.words.js';

const SPEAKER = 'M4 10v4h4l5 4V6l-5 4zM16 9q2 3 0 6M19 7q3.5 5 0 10';
const MICROPHONE = 'M12 3.5a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0V6A2.5 2.5 0 0 1 12 3.5zM6 11a6 6 0 0 0 12 0M12 17v3.5M9 20.500h6';

/**
 * @param {import('../panel/panel.js').Context} context
 * @param {ReturnType<typeof import('../panel/face.js').createFace>} face
 * @param {object} panel
 * @param {ReturnType<typeof import('../panel/composer.js').createComposer>} panel.composer gets the microphone
 * @param {Element} panel.head before it stands the loudspeaker
 * @param {(text: string) => void} panel.say a line for the visitor
 * @param {() => void} panel.paint something began or ended
 */
export function createSound(context, face, { composer, head, say: tell, paint }) {
  const { language, signal, server, dress } = context;
  dress(controls);
  dress(css);
  const words = wordsOf(tables[language]);
  const letters = language === 'it' ? italian : english;
  const world = Object.assign(Object.create(null), {
    speechSynthesis: window.speechSynthesis,
    SpeechSynthesisUtterance: window.SpeechSynthesisUtterance,
    AudioContext: window.AudioContext,
    plays: () => Boolean(document.createElement('audio').canPlayType('audio/ogg; codecs=opus')),
    fetch: window.fetch.bind(window),
    now: () => performance.now(),
    setTimeout: (/** @type {() => void} */ work, /** @type {number} */ ms) => setTimeout(work, ms),
    clearTimeout: (/** @type {any} */ timer) => clearTimeout(timer),
  });
  const voice = new Voice(world, { base: server, lang: language, letters });
  const ear = new Ear(window, language);
  const mute = iconButton('mute', words('mute'), SPEAKER, () => setVoice(false), signal);
  const speak = iconButton('speak', words('speak'), MICROPHONE, () => (listening ? endEar() : beginEar()), signal);
  let aloud = false;
  let listening = false;

  /** @param {boolean} on */
  function setVoice(on) {
    aloud = on;
    if (on) {
      voice.wake();
      head.before(mute);
    } else {
      stop();
      mute.remove();
    }
    tell(words(on ? 'voiceOn' : 'voiceOff'));
  }
  /** @param {boolean} on */
  function setEar(on) {
    if (on) {
      composer.node.querySelector('.send')?.before(speak);
      tell(words('earOn'));
    } else {
      endEar();
      speak.remove();
    }
  }
  function beginEar() {
    stop();
    listening = true;
    mark();
    const before = composer.area.value;
    ear.start({
      text(text, final) {
        composer.area.value = [before, text].filter(Boolean).join(' ');
        if (final) composer.area.dispatchEvent(new Event('change'));
      },
      end(why) {
        listening = false;
        mark();
        composer.changed();
        if (why) tell(words(`ear_${why}`));
        composer.area.focus();
      },
    });
  }
  function endEar() {
    ear.stop();
    listening = false;
    mark();
  }
  function mark() {
    speak.setAttribute('aria-pressed', String(listening));
  }
  /** All sound ends. */
  function stop() {
    voice.stop();
  }
  signal.addEventListener('abort', () => {
    stop();
    ear.stop();
  });
  mark();

  return {
    aloud: () => aloud,
    hears: () => speak.isConnected,
    setVoice,
    setEar,
    sounds: () => voice.silence !== undefined,
    /** Whether something sounded. */
    stop() {
      const sounded = voice.silence !== undefined;
      stop();
      return sounded;
    },
    /** @param {string} text @param {import('../talk/model.js').Item} item */
    say(text, { voice: id, track }) {
      void voice.speak(
        { text, ...(id && { voice: id }), ...(track && { track }) },
        {
          mouth: (line) => face.speak(line),
          end() {
            face.hush();
            paint();
          },
        },
      );
    },
  };
}
