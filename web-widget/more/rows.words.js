// Words of the rows of a conversation, which come with them.

const it = {
  saysYou: 'Hai scritto:',
  saysName: '{name} ha scritto:',
  sending: 'Invio in corso…',
  queued: 'Parte appena torna la connessione',
  sent: 'Inviato',
  failed: 'Non inviato.',
  retry: 'Riprova',
  discard: 'Elimina',
  picked: 'scelto',
  useful: 'La risposta è utile',
  useless: 'La risposta non è utile',
  thanks: 'Grazie del parere',
  why: 'Perché questa risposta?',
  whyEntry: 'Viene dalla voce «{title}», scritta e curata dalla nostra redazione.',
  options: 'Risposte possibili',
  today: 'Oggi',
  yesterday: 'Ieri',
  joined: '{name} è in chat: ora parli con una persona.',
  joinedSomebody: 'Ora parli con una persona del nostro gruppo.',
  ended: 'La conversazione è terminata. Se scrivi ancora, ne comincia una nuova.',
  earlier: 'Messaggi precedenti',
  copy: 'Copia',
  copied: 'Copiato',
};

/** @type {typeof it} */
const en = {
  saysYou: 'You wrote:',
  saysName: '{name} wrote:',
  sending: 'Sending…',
  queued: 'Leaves as soon as the connection is back',
  sent: 'Sent',
  failed: 'Not sent.',
  retry: 'Try again',
  discard: 'Discard',
  picked: 'chosen',
  useful: 'The answer is helpful',
  useless: 'The answer is not helpful',
  thanks: 'Thank you for telling us',
  why: 'Why this answer?',
  whyEntry: 'It comes from the entry “{title}”, written and kept by our editors.',
  options: 'Possible replies',
  today: 'Today',
  yesterday: 'Yesterday',
  joined: '{name} is in the chat: you are talking to a person.',
  joinedSomebody: 'You are now talking to a person of our team.',
  ended: 'The conversation has ended. If you write again, a new one begins.',
  earlier: 'Earlier messages',
  copy: 'Copy',
  copied: 'Copied',
};

export const tables = { it, en };
/** @typedef {keyof typeof it} RowWord */
