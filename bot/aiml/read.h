/* Read: what reads a file's patterns (read.c) and its templates (read_template.c). Private to bot/aiml. */
#ifndef AIML_READ_H
#define AIML_READ_H

#include "aiml/build.h"

#include <libxml/parser.h>

enum reading {
    IN_FILE,
    IN_AIML,
    IN_TOPIC, /* around categories */
    IN_CATEGORY,
    IN_PATTERN, /* pattern, that or topic of a category */
    IN_MARK,    /* set, bot and such within one of these */
    IN_TEMPLATE,
    IN_SKIPPED
};

struct frame {
    enum reading place;
    uint32_t op, last;         /* of a template: what this is, and its last child so far */
    const struct element *row; /* of a template's element */
    char mark;                 /* IN_MARK: kind of what stands there */
};

struct reader {
    struct build *b;
    const struct source *source;
    xmlParserCtxtPtr xml;
    struct frame frames[AIML_NESTING + 2];
    int depth; /* frames in use above frames[0], which is the file */
    int skipped;
    struct buf text; /* characters not yet an op, or of a mark */
    struct buf part[3];
    struct buf topic_around;
    int which; /* part being read */
    bool has_template, has_pattern, stopped;
    struct build_category category;
    uint32_t file_text;
};

/* read.c: what is wrong here, with its place. */
void read_warn(struct reader *, const char *element, const char *what);
/* The same as an error, and the rest of the file is not read. */
void read_stop(struct reader *, const char *what);
int read_line(const struct reader *);
int read_column(const struct reader *);
struct frame *read_top(struct reader *);

/* read_template.c: the text since the last element becomes an op; `at_end`: of the element it stands in. */
void read_text(struct reader *, bool at_end);
/* An element within a template begins; fills its frame. */
void read_element(struct reader *, struct frame *parent, struct frame *, const char *name, int attribute_count,
                  const xmlChar **attributes);

#endif
