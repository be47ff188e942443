/* Faq_json: questions and answers in the JSON of others.
 *
 * schema.org's JSON-LD as pages carry it, a corpus of NLP.js, the questions of Botpress. What is read is judged by
 * size and depth before any parser sees it; a name that stands twice in an object is refused.
 * Memory: the list's arena. Errors: problems, with line and column where the parser knows them. Threads: one at a time
 * for a list. */
#ifndef WIRE_FAQ_JSON_H
#define WIRE_FAQ_JSON_H

#include "content/html_page.h"

enum { FAQ_JSON_BYTES = 8 << 20, FAQ_JSON_DEPTH = 40 };

/* Every schema.org Question with an answer, in the order of the text, whatever it stands in. An answer's HTML becomes
 * Markdown; the anchor of its `@id` is the id. What cannot be read is a warning. Is an html_json_ld. */
void faq_json_ld(struct import_list *, const struct html_context *, struct span json);

/* `corpus.json`: the intent's name is the id and, before its first point, the topic; the first utterance is the
 * question, the first answer without a placeholder the answer. `None` and intents without an answer are left out, and
 * so are entities and utterances that name one, with a warning. -1 with an error. */
int faq_json_nlpjs(struct import_list *, struct span json);

/* `{"qnas": […]}` or the list alone: an item for each language of a question. Those that are switched off or only lead
 * elsewhere are left out with a warning. -1 with an error. */
int faq_json_botpress(struct import_list *, struct span json);

#endif
