// Words of the queue and of the notices, which come with them.

const it = {
  noticeAway: 'Nascondi l’avviso',
  queueTitle: 'Sei in fila',
  queueNext: 'Sei il prossimo: tra poco tocca a te.',
  queueAhead1: 'C’è una persona prima di te.',
  queueAhead: 'Ci sono {count} persone prima di te.',
  queueNear: 'Il tuo turno è vicino: resta qui.',
  queueSound: 'Avvisami con un suono',
  title_near: 'È quasi il tuo turno',
  title_here: 'C’è una persona per te',
  title_said: 'Nuovo messaggio',
  queueRange: 'Attesa: da {low} a {high} minuti.',
  queueUpTo: 'Attesa: meno di {high} min.',
  queueUnknown: 'Attesa: non abbiamo ancora abbastanza dati per dirlo.',
  queueSoon: 'Attesa: meno di un minuto.',
  queueNobody: 'In questo momento non c’è nessuno in linea.',
  queueClosed: 'Adesso siamo chiusi.',
  queueBeyond: 'Forse non arriva il tuo turno prima della chiusura: puoi lasciare un messaggio.',
  queueKeep: 'Intanto puoi continuare a farmi domande.',
  queueTicket: 'Numero {ticket}',
};

/** @type {typeof it} */
const en = {
  noticeAway: 'Put the notice away',
  queueTitle: 'You are in the queue',
  queueNext: 'You are next: it will soon be your turn.',
  queueAhead1: 'There is one person before you.',
  queueAhead: 'There are {count} people before you.',
  queueNear: 'Your turn is near: stay here.',
  queueSound: 'Alert me with a sound',
  title_near: 'It is nearly your turn',
  title_here: 'A person is here for you',
  title_said: 'New message',
  queueRange: 'Wait: from {low} to {high} minutes.',
  queueUpTo: 'Wait: less than {high} min.',
  queueUnknown: 'Wait: not enough data yet to tell.',
  queueSoon: 'Wait: less than a minute.',
  queueNobody: 'Nobody is online at the moment.',
  queueClosed: 'We are closed now.',
  queueBeyond: 'Your turn may not come before we close: you can leave a message.',
  queueKeep: 'Meanwhile you can go on asking me.',
  queueTicket: 'Number {ticket}',
};

export const tables = { it, en };
/** @typedef {keyof typeof it} CounterWord */
