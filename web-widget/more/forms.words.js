// Words of the message form and of the verdict, which come with them.

const it = {
  formTitle: 'Lascia un messaggio',
  formIntro: 'Ti risponde una persona appena possibile.',
  formText: 'Messaggio',
  formContact: 'E-mail o telefono',
  formContactHint: 'Serve solo per risponderti.',
  formName: 'Nome (facoltativo)',
  formSend: 'Invia il messaggio',
  formNeedConsent: 'Per inviarlo devi accettare.',
  formCall: 'Preferisco essere richiamato',
  formCancel: 'Torna alla chat',
  formNeedText: 'Scrivi il messaggio.',
  formNeedContact: 'Scrivi un indirizzo e-mail o un numero di telefono, per esempio nome@esempio.it o 051 123456.',
  formNeedPhone: 'Per richiamarti serve un numero di telefono, per esempio 051 123456.',
  formTooLong: 'È troppo lungo: al massimo {count} caratteri.',
  formSending: 'Invio in corso…',
  formWaits: 'La connessione manca: parte appena torna.',
  verdictTitle: 'Ti siamo stati d’aiuto?',
  grade1: 'Per niente',
  grade2: 'Poco',
  grade3: 'Così così',
  grade4: 'Sì',
  grade5: 'Molto',
  verdictText: 'Due parole, se vuoi',
  verdictSend: 'Invia il parere',
  verdictNo: 'No, grazie',
  verdictNone: 'Scegli una delle cinque risposte.',
};

/** @type {typeof it} */
const en = {
  formTitle: 'Leave a message',
  formIntro: 'A person answers you as soon as possible.',
  formText: 'Message',
  formContact: 'E-mail or telephone',
  formContactHint: 'Only used to answer you.',
  formName: 'Name (optional)',
  formSend: 'Send the message',
  formNeedConsent: 'To send it you have to agree.',
  formCall: 'Please call me instead',
  formCancel: 'Back to the chat',
  formNeedText: 'Please write the message.',
  formNeedContact:
    'Please write an e-mail address or a telephone number, for example name@example.com or +39 051 123456.',
  formNeedPhone: 'To call you we need a telephone number, for example +39 051 123456.',
  formTooLong: 'Too long: at most {count} characters.',
  formSending: 'Sending…',
  formWaits: 'There is no connection: it leaves as soon as it is back.',
  verdictTitle: 'Were we helpful?',
  grade1: 'Not at all',
  grade2: 'A little',
  grade3: 'So so',
  grade4: 'Yes',
  grade5: 'Very much',
  verdictText: 'A few words, if you like',
  verdictSend: 'Tell us',
  verdictNo: 'No, thank you',
  verdictNone: 'Choose one of the five answers.',
};

export const tables = { it, en };
/** @typedef {keyof typeof it} FormWord */
