// The two switches of the menu for what is heard and spoken; the sound itself comes when one of them is pressed.
import { button, setText } from '../panel/dom.js';
import { wordsOf } from '../words/words.js';
import { tables } from './sound.words.js';

/** What this browser can do. @param {import('../talk/model.js').Model} model */
export const soundsHere = ({ site }) => ({
  voice: 'speechSynthesis' in window || Boolean(site?.voice),
  ear: 'SpeechRecognition' in window || 'webkitSpeechRecognition' in window,
});

/** The two switches of the menu; a browser without such things has none.
 * @param {import('../panel/panel.js').Context} context @param {() => void} done the menu may close
 * @returns {{nodes: HTMLElement[], update: () => void}} */
export function soundEntries({ language, session, signal, sound }, done) {
  const words = wordsOf(tables[language]);
  /** @type {(turn: (made: ReturnType<typeof import('./sound.js').createSound>) => void) => () => void} */
  const turned = (turn) => () => {
    sound.want(turn);
    done();
  };
  const aloud = button('entry', words('aloud'), turned((made) => made.setVoice(!made.aloud())), signal);
  const hears = button('entry', words('hears'), turned((made) => made.setEar(!made.hears())), signal);
  return {
    nodes: [aloud, hears],
    update() {
      const can = soundsHere(session.model);
      aloud.hidden = !can.voice;
      hears.hidden = !can.ear;
      setText(aloud, words(sound.piece?.aloud() ? 'aloudNot' : 'aloud'));
      setText(hears, words(sound.piece?.hears() ? 'hearsNot' : 'hears'));
    },
  };
}
