// Words of the controls for answers, which come with them.

const it = {
  input_date: 'La data',
  input_time: 'L’ora',
  input_moment: 'Giorno e ora',
  input_email: 'Indirizzo e-mail',
  input_tel: 'Numero di telefono',
  input_number: 'Numero',
  input_choice: 'La tua scelta',
  inputChoose: 'Scegli…',
  inputSend: 'Invia risposta',
  inputEmpty: 'Manca la risposta: scrivila qui, o con parole tue qui sotto.',
  inputNumber: 'Qui serve un numero, per esempio 12.',
  inputWhole: 'Qui serve un numero intero.',
  inputLeast: 'Al minimo {min}.',
  inputMost: 'Al massimo {max}.',
};

/** @type {typeof it} */
const en = {
  input_date: 'The date',
  input_time: 'The time',
  input_moment: 'Day and time',
  input_email: 'E-mail address',
  input_tel: 'Telephone number',
  input_number: 'Number',
  input_choice: 'Your choice',
  inputChoose: 'Choose…',
  inputSend: 'Send answer',
  inputEmpty: 'The answer is missing: give it here, or in your own words below.',
  inputNumber: 'A number is needed here, for example 12.',
  inputWhole: 'A whole number is needed here.',
  inputLeast: 'At least {min}.',
  inputMost: 'At most {max}.',
};

export const tables = { it, en };
/** @typedef {keyof typeof it} InputWord */
