// Words for when the server takes no connection.

const it = {
  unreachable: 'Adesso la chat non è raggiungibile da questa pagina. Continuo a provare.',
  unreachableContact: 'Intanto puoi contattarci qui:',
};

/** @type {typeof it} */
const en = {
  unreachable: 'The chat cannot be reached from this page at the moment. I keep trying.',
  unreachableContact: 'Meanwhile you can reach us here:',
};

export const tables = { it, en };
