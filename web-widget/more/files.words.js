// Words of the files that are sent and shown, which come with them.

const it = {
  fileAdd: 'Allega un file',
  fileTray: 'File da inviare',
  fileLoading: '{name}: caricamento, {percent}%',
  fileReady: '{name}: pronto da inviare',
  fileWaits: '{name}: parte appena torna la connessione',
  fileRemove: 'Togli {name}',
  fileCancel: 'Annulla il caricamento di {name}',
  fileRetry: 'Riprova',
  fileDrop: 'Lascia qui i file',
  fileSoon: 'Il messaggio parte appena i file sono caricati.',
  fileMend: 'Togli i file che non sono andati bene, o riprova.',
  fileOpen: 'Apri {name} in una nuova scheda',
  fileSave: 'Scarica {name}, {size}',
  fileGone: '{name}: non è più disponibile, o questa pagina non permette di mostrarla',
  fileBadType: 'Questo tipo di file non si può inviare. Vanno bene: {types}.',
  fileTooLong: 'È troppo grande: al massimo {size}.',
  fileTooMany: 'Al massimo {count} file per messaggio.',
  fileTooManyPixels: 'L’immagine ha troppi pixel: inviane una più piccola.',
  fileDamaged: 'Il file è rovinato o incompleto: provane un altro.',
  fileChatFull: 'In questa conversazione non c’è più posto per altri file.',
  fileFull: 'Al momento non possiamo ricevere file. Scrivilo a parole, o lascia un messaggio.',
  fileSlow: 'Troppi file in poco tempo: riprova fra poco.',
  fileFailed: 'Il caricamento non è riuscito.',
};

/** @typedef {keyof typeof it} FileWord */

/** @type {Record<FileWord, string>} */
const en = {
  fileAdd: 'Attach a file',
  fileTray: 'Files to send',
  fileLoading: '{name}: uploading, {percent}%',
  fileReady: '{name}: ready to be sent',
  fileWaits: '{name}: goes as soon as the connection is back',
  fileRemove: 'Remove {name}',
  fileCancel: 'Cancel the upload of {name}',
  fileRetry: 'Try again',
  fileDrop: 'Drop the files here',
  fileSoon: 'Your message goes as soon as the files are uploaded.',
  fileMend: 'Remove the files that did not go well, or try again.',
  fileOpen: 'Open {name} in a new tab',
  fileSave: 'Download {name}, {size}',
  fileGone: '{name}: no longer available, or this page does not let it be shown',
  fileBadType: 'This kind of file cannot be sent. These can: {types}.',
  fileTooLong: 'It is too large: {size} at most.',
  fileTooMany: '{count} files a message at most.',
  fileTooManyPixels: 'The picture has too many pixels: send a smaller one.',
  fileDamaged: 'The file is damaged or incomplete: try another one.',
  fileChatFull: 'There is no room for further files in this conversation.',
  fileFull: 'We cannot take files at the moment. Put it in words, or leave a message.',
  fileSlow: 'Too many files in a short time: try again shortly.',
  fileFailed: 'The upload did not succeed.',
};

export const tables = { it, en };
