/* Api_knowledge: the routes of what agents know, keep, teach and announce: rows of api_routes[]. Private to net/.
 *
 * Each takes over its call; docs/protocol.md says what it takes and answers. Threads: the loop. */
#ifndef NET_API_KNOWLEDGE_H
#define NET_API_KNOWLEDGE_H

struct api_call;

/* Also made by GET suggest: an agent's replies by the words behind "/". */
void api_suggest(struct api_call *);
void api_snippets(struct api_call *);
void api_spell(struct api_call *);
void api_teach(struct api_call *);
void api_confirm(struct api_call *);
void api_notices(struct api_call *);
void api_proposals(struct api_call *);

#endif
