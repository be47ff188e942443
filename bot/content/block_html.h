/* Block_html: blocks as HTML, for other programs' pages; ours are built from the blocks themselves.
 *
 * Only what the blocks say, every text escaped; links and images lead where link.h allows. Threads: any. */
#ifndef CONTENT_BLOCK_HTML_H
#define CONTENT_BLOCK_HTML_H

#include "content/block.h"

void block_html(const struct block *, struct buf *out);

#endif
