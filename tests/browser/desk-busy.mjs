// A busy morning at the desk: the believable one of desk-scene.mjs with everything around the chats.

import { scene } from './desk-scene.mjs';

const MINUTE = 60_000;

export function busy(server) {
  const all = scene(server);
  const { a, b, c, d, e } = all;
  const set = (ticket, more) => server.tickets.set(ticket, { ...server.tickets.get(ticket), ...more });
  set(a, {
    tags: ['reso', 'trapano'], slots: [{ name: 'numero d’ordine', value: 'AB-1234' }, { name: 'email', value: 'marta@example.org' }],
    page: 'https://olmo.example/it/prodotti/trapani?marca=forza&pagina=2', page_title: 'Trapani a percussione', outside: 'RT-2291',
  });
  set(b, { department: 'magazzino', department_name: 'Magazzino' });
  set(d, { tags: ['vernici'] });
  set(e, { due: Date.now() - 35 * MINUTE, tags: ['fattura'], owner: 'Bruno', owner_id: 2 });
  const late = server.arrives('Posso ritirare domani in negozio?', {
    waited: 3 * 60 * MINUTE,
    ticket: {
      state: 'message', contact: 'giulia.r@example.org', name: 'Giulia Riva', visitor_online: false, why: 'asked',
      text: 'Posso ritirare domani in negozio? Siete aperti a pranzo?', due: Date.now() - 12 * MINUTE,
    },
  });
  const others = server.arrives('Il tagliaerba non parte più dopo l’inverno', {
    waited: 9 * MINUTE, reply: 'Non sono sicuro di aver capito.',
    ticket: { state: 'claimed', owner: 'Bruno', owner_id: 2, name: 'Sergio', lookers: ['Bruno'] },
  });
  server.notes.set(a, [
    { type: 'note', ticket: a, id: 1, at: Date.now() - 25 * MINUTE, name: 'Bruno', text: 'Ha già chiamato ieri: scontrino sì, scatola no.' },
    { type: 'note', ticket: a, id: 2, at: Date.now() - 4 * MINUTE, name: 'Anna', text: 'Il modello è il T-18, il mandrino balla anche sul nostro.' },
  ]);
  set(a, { notes: 2 });
  server.noteId = 2;
  server.cards.set(a, {
    earlier: [
      { ticket: 31, at: Date.now() - 9 * 86_400_000, question: 'Avete punte per il gres?', state: 'closed', owner: 'Chiara' },
      { ticket: 12, at: Date.now() - 60 * 86_400_000, question: 'Quanto costa la spedizione a Bolzano?', state: 'closed' },
    ],
  });
  server.customers.set(a, {
    name: 'Marta Bortolin', lines: [{ label: 'Cliente dal', value: '2021' }, { label: 'Tessera', value: 'Olmo Casa 4471' }],
    orders: [
      { id: 'AB-1234', state: 'Trapano T-18, consegnato', date: '17 nov', url: 'https://olmo.example/ordini/AB-1234' },
      { id: 'AB-0977', state: 'Vernice per ferro, consegnata' },
    ],
    notes: 'Preferisce essere richiamata la mattina.',
  });
  server.suggestions = [
    { id: 'reso', title: 'Posso restituire un prodotto?', text: 'Certo: entro 30 giorni, con lo scontrino.', confidence: 0.72 },
    { id: 'garanzia', title: 'Quanto dura la garanzia?', text: 'La garanzia dura due anni.', confidence: 0.41 },
    { id: 'trapani', title: 'Quale trapano scegliere?', text: 'Per il muro serve la percussione.', confidence: 0.18 },
  ];
  server.snippets = [{ id: 1, name: 'saluto', text: 'Buongiorno {visitor.name}, sono {agent.name}.' }];
  server.wrong.set('scontrrino', ['scontrino']);
  return { ...all, late, others };
}
