/* Qna: the questions of QnA Maker and Bot Framework, as `.qna` or as the table that QnA Maker exports (TSV).
 *
 *     <a id = "7"></a>
 *     # ? How much is delivery?
 *     - what do I pay for shipping
 *     **Filters:**
 *     - topic = shipping
 *     ```markdown
 *     Six euros.
 *     ```
 *     **Prompts:**
 *     - [How long does it take?](#8)
 *
 * A filter topic, category, tema or argomento is the topic; prompts become buttons. What leads to other files is left
 * out with a warning. Memory: the list's arena. Threads: one at a time for a list. */
#ifndef CONTENT_QNA_H
#define CONTENT_QNA_H

#include "content/import_list.h"
#include "content/lines.h"

enum { QNA_BYTES = 8 << 20 };

/* `text` is UTF-8. What it was, in words; NULL with an error. */
const char *qna_read(struct import_list *, struct span text);

#endif
