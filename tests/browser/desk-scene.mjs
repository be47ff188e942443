// A believable morning at the desk, for tests and pictures.

const words = (text) => ({ type: 'text', text });
const paragraph = (...children) => [{ type: 'paragraph', children }];

/** The day before at five in the afternoon, whatever the hour is now. */
function yesterday() {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1, 17, 0).getTime();
}

export function scene(server) {
  const tried = (rows) => rows.map(([id, title, confidence]) => ({ id, title, confidence }));
  const a = server.arrives('Ho comprato un trapano martedì ma il madrino balla, posso cambiarlo senza scatola?', {
    waited: 7 * 60_000 + 12_000,
    reply: 'Non sono sicuro di aver capito. Intendevi una di queste?',
    options: [
      { id: 'entry:reso', title: 'Posso restituire un prodotto?' },
      { id: 'entry:garanzia', title: 'Quanto dura la garanzia?' },
    ],
    before: [
      {
        type: 'message', from: 'visitor', at: yesterday(),
        blocks: paragraph(words('Buongiorno, siete aperti il sabato?')),
      },
      {
        type: 'message', from: 'bot', at: yesterday() + 400,
        confidence: 0.93, source: 'knowledge/it/orari.md:4', edition: 7,
        entry: { id: 'orari-sabato', title: 'Siete aperti il sabato?' },
        blocks: paragraph(
          words('Sì, il sabato dalle '), { type: 'strong', children: [words('8:30 alle 12:30')] }, words('.'),
        ),
      },
    ],
    ticket: {
      name: 'Marta', why: 'none_of_these',
      corrected: 'ho comprato un trapano martedì ma il mandrino balla posso cambiarlo senza scatola',
      tried: tried([
        ['reso', 'Posso restituire un prodotto?', 0.41],
        ['garanzia', 'Quanto dura la garanzia?', 0.33],
        ['trapani', 'Quale trapano scegliere?', 0.12],
      ]),
    },
  });
  const b = server.arrives('Where is my order? It should have been here on Monday.', {
    waited: 4 * 60_000 + 5_000, reply: 'I could not find that order.',
    ticket: {
      lang: 'en', why: 'asked', tried: tried([['tempi', 'How long does delivery take?', 0.62]]),
      page: 'https://olmo.example/en/orders',
    },
  });
  const c = server.arrives('Vorrei un preventivo per 40 metri di ringhiera', {
    waited: 2 * 60_000 + 31_000,
    ticket: { state: 'callback', contact: '+39 0444 123456', name: 'Ditta Zanin', why: 'rule' },
  });
  const d = server.arrives('che vernice uso sul ferro arrugginito', { waited: 40_000, ticket: { why: 'thumb_down' } });
  const e = server.arrives('Mi serve la fattura dell’ordine AB-1234', {
    waited: 15 * 3600_000,
    ticket: {
      state: 'message', contact: 'luca.ferri@example.org', name: 'Luca Ferri', visitor_online: false, why: 'asked',
      text: 'Mi serve la fattura dell’ordine AB-1234 intestata alla mia ditta. Grazie!',
    },
  });
  const f = server.arrives('Quanto costa il taglio del legno?', {
    waited: 21 * 60_000, ticket: { state: 'parked', visitor_online: false },
  });
  return { a, b, c, d, e, f };
}
