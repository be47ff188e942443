// The fake desk server's half of the work around the chats: notes, tags, transfers, own messages, and what the page asks
// by HTTP. It keeps what docs/protocol.md says it keeps, and nothing cleverer.

/** @param {import('./desk-fake-server.mjs').DeskFake} server */
export function workFrames(server, socket, frame) {
  const { ticket, cid, text } = frame;
  const ack = () => server.send({ type: 'ack', cid, seq: 0 }, [socket]);
  const refused = () => {
    const code = server.refuseNext;
    server.refuseNext = null;
    if (code) server.send({ type: 'error', code, cid, message: '-' }, [socket]);
    return Boolean(code);
  };
  return {
    note: () => refused() || server.noted(ticket, server.user, text, { cid }),
    tags: () => {
      if (refused()) return;
      server.change(ticket, { tags: (text ?? '').split(',').filter(Boolean) });
      ack();
    },
    transfer: () => {
      if (refused()) return;
      ack();
      if (frame.department) {
        const { name } = server.departments.find((d) => d.id === frame.department);
        server.change(ticket, {
          state: 'waiting', mine: false, owner: undefined, department: frame.department, department_name: name,
        });
      } else {
        const { name } = server.colleagues.find((c) => c.id === frame.user);
        server.change(ticket, { transfer: { to: frame.user, name, until: Date.now() + 30_000 } });
      }
      if (text) server.noted(ticket, server.user, text);
    },
    transfer_answer: () => frame.value === 1 && server.claim(ticket),
    own: () => server.change(ticket, frame.value === 1 ? { mine: true, owner: server.user, owner_id: 1 }
      : { mine: false, owner: undefined, owner_id: undefined }),
    due: () => server.change(ticket, { due: frame.at || undefined }),
    reply: () => {
      if (refused()) return;
      const { seq } = server.store(ticket, {
        type: 'message', from: 'agent', name: server.user, cid,
        blocks: [{ type: 'paragraph', children: [{ type: 'text', text }] }],
      });
      server.send({ type: 'ack', cid, seq }, [socket]);
    },
  };
}

/** Routes by method and name. */
const ROUTES = {
  'GET card': (server, { query, answer }) => {
    if (server.cardBreaks) return answer(503, { code: 'busy' });
    return answer(200, server.cards.get(Number(query.get('ticket'))) ?? { earlier: [] });
  },
  'GET customer': (server, { query, answer }) => {
    const customer = server.customers.get(Number(query.get('ticket'))) ?? null;
    if (server.cardBreaks) return answer(200, { customer: null, why: 'not_available' });
    return answer(200, { customer, why: customer ? '' : 'not_asked' });
  },
  'GET suggest': (server, { query, answer }) => (query.has('ticket')
    ? answer(200, { question: 'la domanda', entries: server.suggestions })
    : answer(200, { entries: server.suggestions, snippets: server.snippets })),
  'POST spell': (server, { body, answer }) => {
    const words = [...server.wrong].flatMap(([word, suggestions]) => {
      const at = body.text.indexOf(word);
      return at < 0 ? [] : [{ at, size: word.length, suggestions }];
    });
    answer(200, { words });
  },
  'GET push/key': (_, { answer }) => answer(200, { key: 'BAE' }),
  'POST teach': (_, { answer }) => answer(200, { id: 1 }),
  'POST confirm': (_, { answer }) => answer(204),
  'GET snippets': (server, { answer }) => answer(200, { snippets: server.snippets }),
};

/** @param {import('./desk-fake-server.mjs').DeskFake} server */
export async function workApi(server, request, response) {
  const url = new URL(request.url, 'http://x');
  const name = url.pathname.slice('/desk/api/'.length);
  let text = '';
  for await (const piece of request) text += piece;
  const body = text ? JSON.parse(text) : {};
  server.asked.push({ name, body, query: Object.fromEntries(url.searchParams) });
  const answer = (status, data) => server.answer(response, status, data);
  const route = server.loggedIn ? server.routes[`${request.method} ${name}`] ?? ROUTES[`${request.method} ${name}`] : null;
  return route ? route(server, { query: url.searchParams, body, answer })
    : answer(server.loggedIn ? 404 : 401, { code: server.loggedIn ? 'not_found' : 'forbidden' });
}
