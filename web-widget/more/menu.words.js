// Words of the menu, which come with it.

const it = {
  keep: 'Scarica la conversazione',
  you: 'Tu',
  ticket: 'Numero {ticket}',
  end: 'Termina la conversazione',
  endSure: 'Terminare davvero la conversazione?',
  endYes: 'Sì, termina',
  erase: 'Cancella la mia conversazione',
  eraseSure: 'Cancellare tutto ciò che hai scritto e ricevuto, e i file? Sparisce da questo browser e dai nostri archivi, e non si può annullare.',
  eraseYes: 'Sì, cancella tutto',
  no: 'No, continua',
  faces: 'Chi ti risponde',
  face_olma: 'Olma',
  face_leo: 'Leo',
  face_dado: 'Dado, il robot',
  face_segno: 'Solo un segno',
  face_off: 'Nessun volto',
};

/** @type {typeof it} */
const en = {
  keep: 'Download the conversation',
  you: 'You',
  ticket: 'Number {ticket}',
  end: 'End the conversation',
  endSure: 'Really end the conversation?',
  endYes: 'Yes, end it',
  erase: 'Erase my chat',
  eraseSure: 'Erase all that you wrote and received, and the files? It goes from this browser and from our records, and cannot be undone.',
  eraseYes: 'Yes, erase it all',
  no: 'No, go on',
  faces: 'Who answers you',
  face_olma: 'Olma',
  face_leo: 'Leo',
  face_dado: 'Dado, the robot',
  face_segno: 'Just a mark',
  face_off: 'No face',
};

export const tables = { it, en };
/** @typedef {keyof typeof it} MenuWord */
