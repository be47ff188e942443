/* Other programs' questions: see faq_json.h. */
#include "wire/faq_json.h"

#include "content/html_blocks.h"
#include "wire/scan.h"

#include <ctype.h>
#include <jansson.h>
#include <string.h>
#include <strings.h>

/* --- parsing ------------------------------------------------------------------------------------------ */

/* NULL with a problem of this severity. */
static json_t *parse(struct import_list *l, struct span text, enum severity severity, const char *what)
{
    json_error_t error = {.line = 0};
    const char *wrong = text.size > FAQ_JSON_BYTES ? "larger than 8 MiB" : NULL;
    if (wrong == NULL)
        wrong = scan_frame(text.text, text.size, FAQ_JSON_DEPTH);
    json_t *value = wrong == NULL ? json_loadb(text.text, text.size, JSON_REJECT_DUPLICATES, &error) : NULL;
    if (value != NULL)
        return value;
    bool whole = severity == SEVERITY_ERROR && wrong == NULL;
    problem_add(l->problems, severity, l->source, whole ? error.line : 0, whole ? error.column : 0, "%s: %s", what,
                wrong != NULL ? wrong : error.text);
    return NULL;
}

static const char *text_of(struct import_list *l, const json_t *value)
{
    const char *text = json_is_string(value) ? arena_strdup(l->arena, json_string_value(value)) : NULL;
    return text != NULL ? text : "";
}

/* The first of a list, or the thing itself. */
static const json_t *first_of(const json_t *value)
{
    return json_is_array(value) ? json_array_get(value, 0) : value;
}

/* --- JSON-LD ------------------------------------------------------------------------------------------- */

struct linked {
    struct import_list *list;
    const struct html_context *context;
};

static bool names_type(const json_t *type, const char *wanted)
{
    const char *name = json_string_value(type);
    size_t size = name != NULL ? strlen(name) : 0, length = strlen(wanted);
    return size >= length && strcmp(name + size - length, wanted) == 0 &&
           (size == length || strchr("/#:", name[size - length - 1]) != NULL);
}

static bool is_type(const json_t *object, const char *wanted)
{
    const json_t *type = json_object_get(object, "@type"), *one;
    size_t i;
    json_array_foreach(type, i, one) if (names_type(one, wanted)) return true;
    return names_type(type, wanted);
}

/* A text may be given as `{"@value": …}`. */
static const char *value_of(const struct linked *w, const json_t *value)
{
    value = first_of(value);
    return text_of(w->list, json_is_object(value) ? json_object_get(value, "@value") : value);
}

static const char *anchor_of(const struct linked *w, const json_t *question)
{
    const char *id = value_of(w, json_object_get(question, "@id")), *mark = strrchr(id, '#');
    return mark != NULL ? mark + 1 : NULL;
}

static void read_question(const struct linked *w, const json_t *question)
{
    struct arena *arena = w->list->arena;
    const json_t *answer = first_of(json_object_get(question, "acceptedAnswer"));
    if (answer == NULL)
        answer = first_of(json_object_get(question, "suggestedAnswer"));
    const json_t *name = json_object_get(question, "name");
    const char *text = json_is_string(answer) ? text_of(w->list, answer) : value_of(w, json_object_get(answer, "text"));
    if (text[0] == '\0')
        return;
    const struct import_item item = {
        .id = anchor_of(w, question),
        .topic = w->context->topic,
        .question = html_words_of(arena, value_of(w, name != NULL ? name : json_object_get(question, "text"))),
        .answer = html_markdown_of(arena, text, w->context->base),
    };
    import_list_add(w->list, &item);
}

/* Its depth is that of the text, which is FAQ_JSON_DEPTH at most. */
static void find_questions(const struct linked *w, const json_t *value)
{
    const json_t *inner;
    const char *name;
    size_t i;
    if (is_type(value, "Question")) {
        read_question(w, value);
        return;
    }
    json_array_foreach(value, i, inner) find_questions(w, inner);
    json_object_foreach((json_t *)(uintptr_t)value, name, inner) find_questions(w, inner);
}

void faq_json_ld(struct import_list *list, const struct html_context *context, struct span json)
{
    struct linked w = {list, context};
    json_t *value = parse(list, json, SEVERITY_WARNING, "a piece of JSON-LD cannot be read");
    if (value != NULL)
        find_questions(&w, value);
    json_decref(value);
}

/* --- texts in lists --------------------------------------------------------------------------------------- */

/* The texts of a list, or the one text: `*ret_count` of them. */
static const char **texts_of(struct import_list *l, const json_t *value, size_t *ret_count)
{
    size_t room = json_is_array(value) ? json_array_size(value) : 1, count = 0;
    const char **texts = arena_array(l->arena, room + 1, sizeof *texts);
    for (size_t i = 0; texts != NULL && i < room; i++) {
        const json_t *one = json_is_array(value) ? json_array_get(value, i) : value;
        const char *text = text_of(l, json_is_object(one) ? json_object_get(one, "answer") : one);
        if (text[0] != '\0')
            texts[count++] = text;
    }
    *ret_count = texts != NULL ? count : 0;
    return texts;
}

/* "it-IT" → "it". */
static const char *language_of(struct import_list *l, const char *locale)
{
    char *lang = arena_strndup(l->arena, locale, strcspn(locale, "-_"));
    for (char *p = lang; p != NULL && *p != '\0'; p++)
        *p = (char)tolower((unsigned char)*p);
    return lang != NULL ? lang : "";
}

static void leave_out(struct import_list *l, const char *name, const char *why)
{
    problem_add(l->problems, SEVERITY_WARNING, l->source, 0, 0, "“%.60s” is left out: %s", name, why);
}

/* The first text is the question, the others are its wordings. */
static void set_questions(struct import_item *item, const char **texts, size_t count)
{
    item->question = count > 0 ? texts[0] : "";
    item->wordings = count > 0 ? texts + 1 : NULL;
    item->wording_count = count > 0 ? count - 1 : 0;
}

/* --- NLP.js ------------------------------------------------------------------------------------------------ */

/* Utterances may hold the name of an entity where a visitor says a value: `%city%`, `@city`, `{{ city }}`. */
static bool has_placeholder(const char *text)
{
    const char *at = strchr(text, '@'), *percent = strchr(text, '%');
    bool named = at != NULL && (at == text || at[-1] == ' ') && isalpha((unsigned char)at[1]);
    bool between = percent != NULL && isalpha((unsigned char)percent[1]) && strchr(percent + 1, '%') != NULL;
    return strstr(text, "{{") != NULL || named || between;
}

/* Those without a placeholder, at the front. */
static size_t plain_ones(const char **texts, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!has_placeholder(texts[i]))
            texts[kept++] = texts[i];
    return kept;
}

static void read_intent(struct import_list *l, const json_t *intent, const char *lang)
{
    const char *name = text_of(l, json_object_get(intent, "intent"));
    size_t count, answer_count, point = strcspn(name, ".");
    if (strcasecmp(name, "None") == 0)
        return;
    const char **texts = texts_of(l, json_object_get(intent, "utterances"), &count);
    const char **answers = texts_of(l, json_object_get(intent, "answers"), &answer_count);
    size_t plain = plain_ones(texts, count), plain_answers = plain_ones(answers, answer_count);
    if (plain < count)
        problem_add(l->problems, SEVERITY_WARNING, l->source, 0, 0,
                    "“%.60s”: %zu of its utterances name an entity and are left out", name, count - plain);
    if (plain_answers == 0) {
        leave_out(l, name, answer_count > 0 ? "its answers have placeholders" : "it has no answer");
        return;
    }
    if (plain_answers > 1)
        problem_add(l->problems, SEVERITY_WARNING, l->source, 0, 0, "“%.60s” has %zu answers; the first is taken", name,
                    plain_answers);
    struct import_item item = {.id = name, .lang = lang, .answer = answers[0]};
    item.topic = name[point] == '.' ? arena_strndup(l->arena, name, point) : NULL;
    set_questions(&item, texts, plain);
    import_list_add(l, &item);
}

int faq_json_nlpjs(struct import_list *list, struct span json)
{
    json_t *corpus = parse(list, json, SEVERITY_ERROR, "it is not JSON that can be read");
    const json_t *data = json_object_get(corpus, "data"), *intent;
    const char *lang = language_of(list, text_of(list, json_object_get(corpus, "locale")));
    size_t i;
    if (corpus == NULL)
        return -1;
    if (!json_is_array(data))
        problem_add(list->problems, SEVERITY_ERROR, list->source, 0, 0,
                    "it has no list “data” of intents; is it a corpus of NLP.js?");
    if (json_object_get(corpus, "entities") != NULL)
        problem_add(list->problems, SEVERITY_WARNING, list->source, 0, 0,
                    "its entities are left out; what visitors name is read by slots of intents");
    json_array_foreach(data, i, intent) read_intent(list, intent, lang);
    int result = json_is_array(data) ? 0 : -1;
    json_decref(corpus);
    return result;
}

/* --- Botpress ----------------------------------------------------------------------------------------------- */

static const char *topic_of(struct import_list *l, const json_t *data)
{
    const char *category = text_of(l, json_object_get(data, "category"));
    const char *context = text_of(l, first_of(json_object_get(data, "contexts")));
    const char *topic = category[0] != '\0' ? category : context;
    return strcmp(topic, "global") != 0 ? topic : "";
}

/* One question in one language (NULL = it does not say which). */
static void read_language(struct import_list *l, const char *id, const json_t *data, const char *lang)
{
    const json_t *questions = json_object_get(data, "questions"), *answers = json_object_get(data, "answers");
    size_t count, answer_count;
    if (answers == NULL)
        answers = json_object_get(data, "answer");
    if (lang != NULL) {
        questions = json_object_get(questions, lang);
        answers = json_is_object(answers) ? json_object_get(answers, lang) : answers;
    }
    const char **texts = texts_of(l, questions, &count);
    const char **all = texts_of(l, answers, &answer_count);
    struct import_item item = {.id = id, .topic = topic_of(l, data)};
    item.lang = lang != NULL ? language_of(l, lang) : "";
    if (count == 0)
        return;
    if (answer_count == 0 || strncmp(all[0], "#!", 2) == 0) {
        leave_out(l, texts[0],
                  answer_count == 0 ? "it has no answer; it may lead to a flow"
                                    : "its answer is an element of Botpress, which is not in this file");
        return;
    }
    if (answer_count > 1 && (l->lang == NULL || strcasecmp(l->lang, item.lang) == 0))
        problem_add(l->problems, SEVERITY_WARNING, l->source, 0, 0, "“%.60s” has %zu answers; the first is taken",
                    texts[0], answer_count);
    item.answer = all[0];
    set_questions(&item, texts, count);
    import_list_add(l, &item);
}

static void read_qna(struct import_list *l, const json_t *qna)
{
    const json_t *data = json_object_get(qna, "data"), *questions, *inner;
    const char *id = text_of(l, json_object_get(qna, "id")), *lang;
    if (data == NULL)
        data = qna;
    if (json_is_false(json_object_get(data, "enabled"))) {
        leave_out(l, id, "it is switched off");
        return;
    }
    questions = json_object_get(data, "questions");
    if (!json_is_object(questions))
        read_language(l, id, data, NULL);
    json_object_foreach((json_t *)(uintptr_t)questions, lang, inner) read_language(l, id, data, lang);
}

int faq_json_botpress(struct import_list *list, struct span json)
{
    json_t *whole = parse(list, json, SEVERITY_ERROR, "it is not JSON that can be read");
    const json_t *qnas = json_is_array(whole) ? whole : json_object_get(whole, "qnas"), *qna;
    size_t i;
    if (whole == NULL)
        return -1;
    if (!json_is_array(qnas))
        problem_add(list->problems, SEVERITY_ERROR, list->source, 0, 0,
                    "it has no list “qnas”; is it what Botpress exports as questions and answers?");
    json_array_foreach(qnas, i, qna) read_qna(list, qna);
    int result = json_is_array(qnas) ? 0 : -1;
    json_decref(whole);
    return result;
}
