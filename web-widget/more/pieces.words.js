// Words of what concerns the whole chat.

const it = {
  erasing: 'Sto cancellando la conversazione…',
  erased: 'Conversazione cancellata: non ne resta niente, né qui né da noi.',
  unread: ' – messaggi nuovi: {count}',
  privacy: 'Privacy',
  tooLong: 'Il messaggio è troppo lungo: togli {count} caratteri.',
  waits: 'Parte appena torna la connessione: «{text}»',
};

/** @type {typeof it} */
const en = {
  erasing: 'Erasing the conversation…',
  erased: 'Conversation erased: nothing of it is left, neither here nor with us.',
  unread: ' – new messages: {count}',
  privacy: 'Privacy',
  tooLong: 'The message is too long: remove {count} characters.',
  waits: 'It goes as soon as the connection is back: “{text}”',
};

export const tables = { it, en };
