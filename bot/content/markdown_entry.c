/* One question with its wordings, answer and buttons: see markdown_entry.h. */
#include "content/markdown_entry.h"

#include "content/ident.h"
#include "content/mood.h"

#include <string.h>

/* --- questions ---------------------------------------------------------------------------- */

/* The heading's line in the file, without spaces and closing #s. */
static struct span heading_line(const struct answer_source *source, cmark_node *heading)
{
    struct span line = lines_trim(answer_line(source, cmark_node_get_start_line(heading)));
    size_t size = line.size;
    while (size > 0 && line.text[size - 1] == '#')
        size--;
    if (size < line.size && size > 0 && (line.text[size - 1] == ' ' || line.text[size - 1] == '\t'))
        line.size = size;
    return lines_trim(line);
}

/* `{#…}` at the end of the line, not escaped; false if there is none. */
static bool find_id(struct span line, struct span *ret)
{
    if (line.size < 3 || line.text[line.size - 1] != '}')
        return false;
    size_t open = line.size - 1;
    while (open > 0 && line.text[open] != '{')
        open--;
    if (line.text[open] != '{' || line.text[open + 1] != '#')
        return false;
    size_t slashes = 0;
    while (slashes < open && line.text[open - 1 - slashes] == '\\')
        slashes++;
    *ret = (struct span){line.text + open, line.size - open};
    return slashes % 2 == 0;
}

/* The question without its id. If cmark saw more in the id than letters (an underscore can pair
 * with one in the question), the line is read again without it. */
static char *question_words(struct arena *arena, cmark_node *heading, struct span line, struct span id)
{
    char *words = answer_words(arena, heading);
    size_t size = words != NULL ? strlen(words) : 0;
    if (words == NULL || id.size == 0)
        return words;
    if (size >= id.size && memcmp(words + size - id.size, id.text, id.size) == 0) {
        size -= id.size;
        words[size - (size > 0 && words[size - 1] == ' ')] = '\0';
        return words;
    }
    cmark_node *again = answer_parse((struct span){line.text, line.size - id.size});
    words = answer_words(arena, again);
    cmark_node_free(again);
    return words;
}

static struct place at_text(const struct answer_source *source, cmark_node *node, const char *text)
{
    int line = cmark_node_get_start_line(node);
    struct span whole = answer_line(source, line);
    return (struct place){source->file, source->line + line - 1, lines_column(whole.text, (size_t)(text - whole.text))};
}

static void warn_html(const struct answer_source *source, cmark_node *parent)
{
    for (cmark_node *n = cmark_node_first_child(parent); n != NULL; n = cmark_node_next(n)) {
        if (cmark_node_get_type(n) != CMARK_NODE_HTML_INLINE || answer_is_comment(n))
            continue;
        struct place p = answer_place(source, parent, cmark_node_get_literal(n));
        problem_add(source->collect->problems, SEVERITY_WARNING, p.file, p.line, p.column,
                    "HTML is shown as text; write “\\<” for a “<” that is meant");
        return;
    }
}

static void complain_at(const struct answer_source *source, cmark_node *heading, const char *at, const char *format,
                        struct span text)
{
    struct place p = at_text(source, heading, at);
    problem_add(source->collect->problems, SEVERITY_ERROR, p.file, p.line, p.column, format, (int)text.size, text.text);
}

/* "costo-spedizione,tempi-consegna": the entries that this one is a likely next question after. */
static void read_follows(const struct answer_source *source, cmark_node *heading, struct span list,
                         struct article *article)
{
    struct collect *c = source->collect;
    const char **follows = arena_array(c->arena, SITE_FOLLOWS, sizeof *follows);
    for (const char *at = list.text, *end = list.text + list.size; follows != NULL && at <= end;) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        struct span id = lines_trim((struct span){at, (size_t)((comma != NULL ? comma : end) - at)});
        const char *text = arena_strndup(c->arena, id.text, id.size);
        at = comma != NULL ? comma + 1 : end + 1;
        if (text == NULL)
            return;
        if (!ident_valid(id.text, id.size))
            complain_at(source, heading, id.text,
                        "“%.*s” is no id of an entry; write {#id follows=other-id,another-id}", id);
        else if (article->id != NULL && strcmp(text, article->id) == 0)
            complain_at(source, heading, id.text, "“%.*s” follows itself; leave it out", id);
        else if (article->follow_count == SITE_FOLLOWS) {
            complain_at(source, heading, id.text, "“%.*s” and what is behind it are too many; an entry follows 32", id);
            break;
        } else {
            follows[article->follow_count++] = text;
            const struct inner_link link = {source->lang, OPTION_ENTRY, text, at_text(source, heading, id.text)};
            collect_link(c, &link);
        }
    }
    article->follows = follows;
}

static void read_mood(const struct answer_source *source, cmark_node *heading, struct span text,
                      struct article *article)
{
    struct collect *c = source->collect;
    const char *word = arena_strndup(c->arena, text.text, text.size);
    if (word == NULL)
        return;
    struct suggest near = suggest_start(word);
    struct place p = at_text(source, heading, text.text);
    mood_suggest(&near);
    if (mood_is(word))
        article->mood = word;
    else
        problem_add(c->problems, SEVERITY_ERROR, p.file, p.line, p.column,
                    "“%.60s” is no mood; write one of " MOOD_NAMES "%s", word, suggest_phrase(&near, c->arena));
}

enum { ATTRIBUTE_NONE = 99 };

static const struct {
    const char *name; /* with its sign */
    void (*read)(const struct answer_source *, cmark_node *heading, struct span value, struct article *);
} attributes[] = {{"follows=", read_follows}, {"mood=", read_mood}};

/* The attribute that begins here. */
static size_t attribute_at(struct span text)
{
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        size_t size = strlen(attributes[i].name);
        if (text.size >= size && memcmp(text.text, attributes[i].name, size) == 0)
            return i;
    }
    return ATTRIBUTE_NONE;
}

/* Bytes up to the next word that is an attribute. */
static size_t value_size(struct span text)
{
    for (size_t i = 1; i < text.size; i++)
        if (text.text[i - 1] == ' ' && attribute_at((struct span){text.text + i, text.size - i}) != ATTRIBUTE_NONE)
            return i;
    return text.size;
}

/* What stands behind the id in `{#id …}`. */
static void read_attributes(const struct answer_source *source, cmark_node *heading, struct span rest,
                            struct article *article)
{
    for (rest = lines_trim(rest); rest.size > 0; rest = lines_trim(rest)) {
        size_t which = attribute_at(rest), size = value_size(rest);
        if (which == ATTRIBUTE_NONE) {
            complain_at(source, heading, rest.text,
                        "“%.*s” means nothing here; behind the id may stand mood=MOOD and follows=ID,ID: the entries "
                        "after which this one is a likely next question",
                        rest);
            return;
        }
        size_t name = strlen(attributes[which].name);
        struct span value = {rest.text + name, size - name};
        attributes[which].read(source, heading, lines_trim(value), article);
        rest = (struct span){rest.text + size, rest.size - size};
    }
}

static void read_question(const struct answer_source *source, cmark_node *heading, struct article *article)
{
    struct collect *c = source->collect;
    struct span line = heading_line(source, heading), id = {"", 0};
    if (!find_id(line, &id))
        id.size = 0;
    article->question = question_words(c->arena, heading, line, id);
    if (article->question == NULL)
        return;
    struct place p = answer_place(source, heading, "");
    if (article->question[0] == '\0')
        problem_add(c->problems, SEVERITY_ERROR, p.file, p.line, p.column,
                    "an entry without a question; write it behind the “##”");
    else if (strlen(article->question) > SITE_TEXT_BYTES)
        problem_add(c->problems, SEVERITY_ERROR, p.file, p.line, p.column, "a question of more than %d bytes",
                    SITE_TEXT_BYTES);
    warn_html(source, heading);
    size_t size = id.size > 0 ? id.size - 3 : 0;
    const char *space = size > 0 ? memchr(id.text + 2, ' ', size) : NULL;
    if (space != NULL && memchr(space, '=', size - (size_t)(space - id.text - 2)) == NULL)
        space = NULL; /* an id with a blank in it rather than something behind an id */
    struct span rest = {space, space != NULL ? size - (size_t)(space - id.text - 2) : 0};
    if (id.size > 0 && ident_valid(id.text + 2, size - rest.size)) {
        article->id = arena_strndup(c->arena, id.text + 2, size - rest.size);
        read_attributes(source, heading, rest, article);
        return;
    }
    article->id = ident_slug(c->arena, article->question);
    if (id.size > 0) {
        struct place at = at_text(source, heading, id.text);
        problem_add(c->problems, SEVERITY_ERROR, at.file, at.line, at.column,
                    "“%.*s” is no id: %s; write “\\{” if the brace belongs to the question", (int)id.size, id.text,
                    IDENT_RULE);
    }
}

/* --- wordings ------------------------------------------------------------------------------ */

static bool has_part(cmark_node *paragraph, cmark_node_type type)
{
    for (cmark_node *n = cmark_node_first_child(paragraph); n != NULL; n = cmark_node_next(n))
        if (cmark_node_get_type(n) == type)
            return true;
    return false;
}

/* What is wrong with an item as a wording, or NULL. */
static const char *wording_fault(cmark_node *item)
{
    cmark_node *paragraph = cmark_node_first_child(item);
    if (paragraph == NULL)
        return "an empty wording; write it or remove the line";
    if (cmark_node_next(paragraph) != NULL || cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH)
        return "a wording is one line of text; if this list is the answer, put a line “---” before it";
    if (has_part(paragraph, CMARK_NODE_SOFTBREAK) || has_part(paragraph, CMARK_NODE_LINEBREAK))
        return "a wording is one line; put an empty line between the wordings and the answer";
    if (has_part(paragraph, CMARK_NODE_LINK))
        return "a link is no wording; if this list is the answer, put a line “---” before it";
    return NULL;
}

static void add_wording(const struct answer_source *source, cmark_node *item, struct wording *list, size_t *count)
{
    struct collect *c = source->collect;
    const char *fault = wording_fault(item);
    struct place p = answer_place(source, fault == NULL ? cmark_node_first_child(item) : item, "");
    char *words = fault == NULL ? answer_words(c->arena, item) : NULL;
    if (words != NULL && words[0] == '\0')
        fault = "an empty wording; write it or remove the line";
    if (words != NULL && strlen(words) > SITE_TEXT_BYTES)
        fault = "a wording longer than what a visitor may send (4096 bytes)";
    if (fault != NULL) {
        problem_add(c->problems, SEVERITY_ERROR, p.file, p.line, p.column, "%s", fault);
        return;
    }
    warn_html(source, cmark_node_first_child(item));
    if (words != NULL)
        list[(*count)++] = (struct wording){words, p};
}

static void read_wordings(const struct answer_source *source, cmark_node *list, struct article *article)
{
    size_t room = 0, count = 0;
    for (cmark_node *item = cmark_node_first_child(list); item != NULL; item = cmark_node_next(item))
        room++;
    if (room > SITE_WORDINGS) {
        struct place p = answer_place(source, list, "");
        problem_add(source->collect->problems, SEVERITY_ERROR, p.file, p.line, p.column,
                    "%zu wordings; an entry may have %d", room, SITE_WORDINGS);
        return;
    }
    struct wording *wordings = arena_array(source->collect->arena, room, sizeof *wordings);
    for (cmark_node *item = cmark_node_first_child(list); item != NULL && wordings != NULL;
         item = cmark_node_next(item))
        add_wording(source, item, wordings, &count);
    article->wordings = wordings;
    article->wording_count = count;
}

/* --- answers ------------------------------------------------------------------------------- */

static bool is_rule(cmark_node *node)
{
    return node != NULL && cmark_node_get_type(node) == CMARK_NODE_THEMATIC_BREAK;
}

static void drop(cmark_node *node)
{
    cmark_node_unlink(node);
    cmark_node_free(node);
}

/* Takes the rules that only mark the end of the answer out of the tree, and returns the list
 * of buttons, or NULL. `*first` is where the answer begins, `end` what follows it (or NULL). */
static cmark_node *find_buttons(cmark_node *document, cmark_node **first, cmark_node *end)
{
    cmark_node *last = end != NULL ? cmark_node_previous(end) : cmark_node_last_child(document);
    if (*first == end || last == NULL)
        return NULL;
    if (is_rule(last)) {
        *first = *first == last ? end : *first;
        drop(last);
        return NULL;
    }
    if (!answer_is_options(last) || last == *first)
        return NULL;
    cmark_node *before = cmark_node_previous(last);
    if (!is_rule(before))
        return last;
    *first = *first == before ? last : *first;
    drop(before);
    return NULL;
}

static void drop_comments(cmark_node *first, cmark_node *end)
{
    for (cmark_node *n = first, *next; n != NULL && n != end; n = next) {
        next = cmark_node_next(n);
        if (answer_is_comment(n))
            drop(n);
    }
}

static void complain_no_answer(const struct answer_source *source, cmark_node *heading, const struct article *article)
{
    struct place p = answer_place(source, heading, "");
    const char *hint = article->wording_count > 0
                           ? "below the list of wordings; if that list is the answer, put a line “---” before it"
                           : "below the question";
    problem_add(source->collect->problems, SEVERITY_ERROR, p.file, p.line, p.column,
                "“%.60s” has no answer; write it %s", article->question, hint);
}

/* The lines from `first` to what stands before `stop` (NULL = the end). */
static void keep_source(const struct answer_source *source, cmark_node *first, cmark_node *stop,
                        struct article *article)
{
    cmark_node *last = first;
    if (first == NULL || first == stop)
        return;
    while (cmark_node_next(last) != NULL && cmark_node_next(last) != stop)
        last = cmark_node_next(last);
    struct span from = answer_line(source, cmark_node_get_start_line(first));
    struct span to = answer_line(source, cmark_node_get_end_line(last));
    article->answer_source = from.text;
    article->answer_source_size = to.text >= from.text ? (size_t)(to.text + to.size - from.text) : 0;
}

void markdown_entry(const struct answer_source *source, const struct front_matter *front, cmark_node *heading,
                    cmark_node *end)
{
    struct collect *c = source->collect;
    struct article article = {
        .lang = source->lang, .topic = front->topic, .review = front->review, .mood = front->mood};
    article.place = answer_place(source, heading, "");
    read_question(source, heading, &article);
    if (article.question == NULL || article.id == NULL)
        return;
    drop_comments(cmark_node_next(heading), end);
    cmark_node *at = cmark_node_next(heading);
    if (at != end && cmark_node_get_type(at) == CMARK_NODE_LIST && cmark_node_get_list_type(at) == CMARK_BULLET_LIST) {
        read_wordings(source, at, &article);
        at = cmark_node_next(at);
    }
    if (at != end && is_rule(at))
        at = cmark_node_next(at);
    cmark_node *buttons = find_buttons(cmark_node_parent(heading), &at, end);
    keep_source(source, at, buttons != NULL ? buttons : end, &article);
    article.answer = answer_blocks(source, at, buttons != NULL ? buttons : end);
    if (article.answer == NULL) {
        if (article.question[0] != '\0')
            complain_no_answer(source, heading, &article);
        article.answer = block_paragraph(c->arena, "");
    }
    if (buttons != NULL)
        article.options = answer_options(source, buttons, &article.option_count);
    article.answer_text = answer_text(c->arena, article.answer);
    if (article.answer != NULL && article.answer_text != NULL && article.question[0] != '\0')
        collect_article(c, &article);
}
