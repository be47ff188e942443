/* Talk: one answer while it is made. Private to bot/aiml.
 *
 * What is said grows in one text; an element that works on its content lets the content be said, looks at that
 * end of the text and puts its own in place. What is no text (a link, a list, an image) stands in it as a mark:
 * MARK_OPEN, its number in decimal, MARK_CLOSE; neither byte can come from a file or a visitor.
 * A fault, once set, makes everything after it say nothing. Threads: one. */
#ifndef AIML_TALK_H
#define AIML_TALK_H

#include "aiml/element.h"
#include "aiml/match.h"

enum { MARK_OPEN = 0x1e, MARK_CLOSE = 0x1f };
enum { TALK_ROOM = 2 * AIML_OUTPUT_BYTES, TALK_RICH = 200, TALK_NEST = 2000 };

enum rich_kind {
    RICH_BREAK,
    RICH_PARAGRAPH,
    RICH_LINK,  /* text, target */
    RICH_IMAGE, /* text = the alternative text, target */
    RICH_STRONG,
    RICH_STRONG_END,
    RICH_EMPHASIS,
    RICH_EMPHASIS_END,
    RICH_LIST,
    RICH_OLIST,
    RICH_LIST_END,
    RICH_ITEM,
    RICH_ITEM_END
};

struct rich {
    enum rich_kind kind;
    const char *text, *target;
};

struct local {
    const char *name, *value;
    struct local *next;
};

/* One category that speaks. */
struct scene {
    const struct heard *part; /* PARTS of them */
    struct match match;
    struct local *locals;
    size_t from_default; /* bytes said by ultimate defaults */
};

struct talk {
    const struct aiml *a;
    const struct aiml_heard *heard;
    struct arena *arena;
    bool no_memory;
    enum aiml_fault fault;
    char *text; /* TALK_ROOM */
    size_t used;
    struct aiml_pair predicates[AIML_PREDICATES];
    size_t predicate_count;
    const struct aiml_exchange *past;
    size_t past_count;
    const char *sentence; /* the visitor's own, being answered */
    const char *earlier;  /* sentences of the same message before it */
    struct heard that, topic;
    bool topic_known;
    struct match_scratch scratch;
    size_t work; /* bytes of texts that may still be passed on */
    int depth, nest, srais;
    uint64_t draws;
    bool loop; /* a <loop/> was met */
    struct rich rich[TALK_RICH];
    size_t rich_count;
    struct aiml_option options[AIML_OPTIONS];
    size_t option_count;
    size_t trail[AIML_TRAIL];
    size_t trail_count;
};

typedef void talk_element(struct talk *, struct scene *, const struct image_op *);

/* talk.c */
void talk_fault(struct talk *, enum aiml_fault);
/* Takes so many bytes from what an answer may use; false, with a fault, where there are not as many left. */
bool talk_spend(struct talk *, size_t bytes);
void talk_say(struct talk *, const char *bytes, size_t size); /* control characters become spaces */
void talk_puts(struct talk *, const char *text);
void talk_mark(struct talk *, enum rich_kind, const char *text, const char *target);
/* The content of an element is said. */
void talk_inner(struct talk *, struct scene *, const struct image_op *);
/* What its content says, as plain text in the arena, spaces in order; nothing of it stays. Never NULL. */
const char *talk_content(struct talk *, struct scene *, const struct image_op *);
/* An attribute's text in the same manner, or NULL where it has none. */
const char *talk_param(struct talk *, struct scene *, const struct image_op *, enum element_param);
/* What the first star of the pattern took, as plain text in the arena. */
const char *talk_star(struct talk *, struct scene *);
/* The text from `mark` on as plain text in the arena. */
const char *talk_taken(struct talk *, size_t mark);
/* The category for these words speaks. True if there was one; *ret_default: it said nothing but a default's words. */
bool talk_answer(struct talk *, const char *text, size_t *ret_category, bool *ret_default);
/* Bytes of the text from `mark` on that are no space. */
size_t talk_solid(const struct talk *, size_t mark);

/* talk_state.c: what is remembered */
talk_element talk_get, talk_set, talk_bot, talk_condition, talk_map, talk_input, talk_request, talk_response, talk_that;
const char *talk_predicate(const struct talk *, const char *name); /* NULL = not set */
void talk_set_predicate(struct talk *, const char *name, const char *value);
const char *talk_named(const struct talk *, int table,
                       const char *name); /* TABLE_PROPERTIES, TABLE_DEFAULTS; or NULL */

/* talk_text.c: letters and words */
talk_element talk_uppercase, talk_lowercase, talk_formal, talk_sentence, talk_explode, talk_implode, talk_first,
    talk_rest, talk_person, talk_person2, talk_gender, talk_normalize, talk_denormalize;

/* talk_date.c */
talk_element talk_date, talk_interval;

/* talk_rich.c */
talk_element talk_break, talk_paragraph, talk_button, talk_reply, talk_link, talk_image, talk_video, talk_card,
    talk_list, talk_olist, talk_item, talk_strong, talk_emphasis;
/* A text with marks as plain words, and as blocks. NULL without memory. */
const char *talk_plain(struct talk *, const char *text, size_t size);
struct block *talk_blocks(struct talk *, const char *text, size_t size);

/* memory.c: ceilings of one text and one name; a cut copy in the arena. */
const char *memory_cut(struct arena *, const char *text, size_t most);

#endif
