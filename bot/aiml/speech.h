/* Speech: one answer while it is made. Private to bot/aiml.
 *
 * What is said grows in one text; an element that works on its content lets the content be said, looks at that
 * end of the text and puts its own in place. What is no text (a link, a list, an image) stands in it as a mark:
 * MARK_OPEN, its number in decimal, MARK_CLOSE; neither byte can come from a file or a visitor.
 * A fault, once set, makes everything after it say nothing. Threads: one. */
#ifndef AIML_SPEECH_H
#define AIML_SPEECH_H

#include "aiml/element.h"
#include "aiml/match.h"

enum { MARK_OPEN = 0x1e, MARK_CLOSE = 0x1f };
enum { SPEECH_ROOM = 2 * AIML_OUTPUT_BYTES, SPEECH_RICH = 200, SPEECH_NEST = 2000 };

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
    RICH_ITEM_END,
    RICH_CARD, /* text = its title, target = its image */
    RICH_CARD_END
};

struct rich {
    enum rich_kind kind;
    const char *text, *target;
    size_t first_option, options_end; /* RICH_CARD: those that were added within it */
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

struct speech {
    const struct aiml *a;
    const struct aiml_heard *heard;
    struct arena *arena;
    bool no_memory;
    enum aiml_fault fault;
    char *text; /* SPEECH_ROOM */
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
    struct rich rich[SPEECH_RICH];
    size_t rich_count;
    struct aiml_option options[AIML_OPTIONS];
    size_t option_count;
    size_t trail[AIML_TRAIL];
    size_t trail_count;
};

typedef void speech_element(struct speech *, struct scene *, const struct image_op *);

/* speech.c */
void speech_fault(struct speech *, enum aiml_fault);
/* Takes so many bytes from what an answer may use; false, with a fault, where there are not as many left. */
bool speech_spend(struct speech *, size_t bytes);
void speech_say(struct speech *, const char *bytes, size_t size); /* control characters become spaces */
void speech_puts(struct speech *, const char *text);
void speech_mark(struct speech *, enum rich_kind, const char *text, const char *target);
/* The content of an element is said. */
void speech_inner(struct speech *, struct scene *, const struct image_op *);
/* What its content says, as plain text in the arena, spaces in order; nothing of it stays. Never NULL. */
const char *speech_content(struct speech *, struct scene *, const struct image_op *);
/* An attribute's text in the same manner, or NULL where it has none. */
const char *speech_param(struct speech *, struct scene *, const struct image_op *, enum element_param);
/* What the first star of the pattern took, as plain text in the arena. */
const char *speech_star(struct speech *, struct scene *);
/* The text from `mark` on as plain text in the arena. */
const char *speech_taken(struct speech *, size_t mark);
/* The category for these words speaks. True if there was one; *ret_default: it said nothing but a default's words. */
bool speech_answer(struct speech *, const char *text, size_t *ret_category, bool *ret_default);
/* Bytes of the text from `mark` on that are no space. */
size_t speech_solid(const struct speech *, size_t mark);

/* speech_condition.c, speech_map.c, speech_before.c */
speech_element speech_condition, speech_map, speech_input, speech_request, speech_response, speech_that;

/* speech_state.c: what is remembered */
speech_element speech_get, speech_set, speech_bot;
const char *speech_local(const struct scene *, const char *name); /* a variable of the category, or NULL */
/* What is said where nothing is known: a property by either spelling that is in use, or "unknown". */
const char *speech_instead(const struct speech *, const char *one, const char *other);
const char *speech_predicate(const struct speech *, const char *name); /* NULL = not set */
void speech_set_predicate(struct speech *, const char *name, const char *value);
const char *speech_named(const struct speech *, int table,
                         const char *name); /* TABLE_PROPERTIES, TABLE_DEFAULTS; or NULL */

/* speech_text.c: letters and words */
speech_element speech_uppercase, speech_lowercase, speech_formal, speech_sentence, speech_explode, speech_implode,
    speech_first, speech_rest, speech_person, speech_person2, speech_gender, speech_normalize, speech_denormalize;

/* speech_date.c */
speech_element speech_date, speech_interval;

/* speech_rich.c */
speech_element speech_break, speech_paragraph, speech_button, speech_reply, speech_link, speech_image, speech_video,
    speech_card, speech_list, speech_olist, speech_item, speech_strong, speech_emphasis;
/* A text with marks as plain words, and as blocks. NULL without memory. */
const char *speech_plain(struct speech *, const char *text, size_t size);
/* Tells the options of cards in which of them they stand. */
struct block *speech_blocks(struct speech *, const char *text, size_t size);

/* memory.c: ceilings of one text and one name; a cut copy in the arena. */
const char *memory_cut(struct arena *, const char *text, size_t most);

#endif
