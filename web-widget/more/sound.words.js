// Words of what is heard and spoken.

const it = {
  aloud: 'Leggi le risposte ad alta voce',
  aloudNot: 'Non leggere più ad alta voce',
  hears: 'Detta con il microfono',
  hearsNot: 'Togli il microfono',
  mute: 'Spegni la voce',
  speak: 'Detta la domanda',
  voiceOn: 'Ora leggo le risposte ad alta voce. Esc o un tasto mi fermano.',
  voiceOff: 'Non leggo più ad alta voce.',
  earOn: 'Il microfono è accanto al testo. In alcuni browser la voce va al produttore del browser, che la trascrive.',
  ear_refused: 'Il browser non dà il microfono a questa pagina.',
  ear_nothing: 'Non ho sentito niente.',
  ear_failed: 'La dettatura non ha funzionato.',
};

/** @type {typeof it} */
const en = {
  aloud: 'Read answers aloud',
  aloudNot: 'Stop reading aloud',
  hears: 'Dictate with the microphone',
  hearsNot: 'Put the microphone away',
  mute: 'Switch the voice off',
  speak: 'Dictate the question',
  voiceOn: 'I now read the answers aloud. Esc or any key stops me.',
  voiceOff: 'I read aloud no longer.',
  earOn: 'The microphone is beside the text. In some browsers your voice goes to the browser’s maker, who writes it down.',
  ear_refused: 'The browser does not give this page the microphone.',
  ear_nothing: 'I heard nothing.',
  ear_failed: 'Dictation did not work.',
};

export const tables = { it, en };
