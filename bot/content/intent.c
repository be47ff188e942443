/* The reader of intents: see intent.h. What the keys say is read by the parts in intent_reader.h. */
#include "content/intent.h"

#include "base/hash.h"
#include "content/ident.h"
#include "content/intent_reader.h"

#include <string.h>

/* --- keys ---------------------------------------------------------------------------------- */

static void read_id(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    (void)into;
    if (v->kind != YAML_TEXT || !ident_valid(v->text, strlen(v->text)))
        intent_complain(r, v, "“intent” must be an id: " IDENT_RULE);
    else
        r->intent.id = v->text;
}

static void read_title(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    (void)into;
    if (intent_text(r, v, SITE_TEXT_BYTES))
        r->intent.title = v->text;
}

static void read_mood(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    saying_mood(r, v, into);
}

static void read_slots(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    (void)into;
    flow_read_slots(r, v);
}

static void read_examples(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    (void)into;
    intent_examples(r, v);
}

static void read_patterns(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    (void)into;
    intent_patterns(r, v);
}

static void read_say(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    saying_texts(r, v, into);
}

static void read_buttons(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    saying_buttons(r, v, into);
}

static void read_handoff(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    (void)into;
    intent_handoff(r, v, &r->intent.handoff);
}

static void read_expires(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    (void)into;
    intent_number(r, v, FLOW_EXPIRES_MIN, FLOW_EXPIRES_MAX, &r->flow->expires_minutes);
}

static void read_identity(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    (void)into;
    intent_switch(r, v, &r->flow->identity);
}

static void read_stranger(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    (void)into;
    r->flow->stranger = flow_read_steps(r, v, NULL);
}

static void read_steps(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    (void)into;
    r->flow->steps = flow_read_steps(r, v, NULL);
}

/* In this order: slots are known before what mentions them. */
static const struct intent_key keys[] = {
    {"intent", read_id},         {"title", read_title},       {"mood", read_mood},         {"slots", read_slots},
    {"examples", read_examples}, {"patterns", read_patterns}, {"say", read_say},           {"buttons", read_buttons},
    {"handoff", read_handoff},   {"expires", read_expires},   {"identity", read_identity}, {"stranger", read_stranger},
    {"steps", read_steps},
};

/* --- the whole ----------------------------------------------------------------------------- */

/* What is said at once, as steps: behind slots or an identity it is a flow like any other. */
static void make_steps(struct intent_reader *r, const struct yaml_value *root)
{
    struct intent *i = &r->intent;
    struct flow_steps *steps = arena_alloc(r->collect->arena, sizeof *steps);
    const struct flow_step **tail = steps != NULL ? &steps->first : NULL;
    const struct yaml_value *say = yaml_find(root, "say"), *handoff = yaml_find(root, "handoff");
    struct flow_step *first = tail != NULL && i->say_count > 0 ? flow_new_step(r, STEP_SAY, say, NULL) : NULL;
    if (first != NULL) {
        first->saying = (struct saying){i->say, i->say_count, i->options, i->option_count, NULL};
        *tail = first;
        tail = &first->next;
    }
    struct flow_step *last = tail != NULL && i->handoff != NULL ? flow_new_step(r, STEP_HANDOFF, handoff, NULL) : NULL;
    if (last != NULL) {
        last->department = i->handoff;
        *tail = last;
    }
    if (steps != NULL && steps->first != NULL)
        r->flow->steps = steps;
    i->say = NULL;
    i->options = NULL;
    i->handoff = NULL;
    i->say_count = i->option_count = 0;
}

static void check_beginning(struct intent_reader *r, const struct yaml_value *root)
{
    const struct intent *i = &r->intent;
    const struct yaml_value *examples = yaml_find(root, "examples");
    if (i->id == NULL && yaml_find(root, "intent") == NULL)
        intent_complain(r, root, "no “intent”; give it an id");
    bool begins = i->example_count > 0 || yaml_find(root, "patterns") != NULL || yaml_find(root, "steps") != NULL;
    if (!begins && examples == NULL)
        intent_complain(r, root, "no “examples”; list what visitors say");
    else if (!begins && !r->shaky)
        intent_complain(r, examples, "no “examples”; list what visitors say");
    if (i->example_count == 0 && i->title == NULL && !r->shaky)
        intent_complain(r, root, "no “title”; without examples it needs one, for buttons and lists");
}

static void check_doing(struct intent_reader *r, const struct yaml_value *root)
{
    static const char *const single[] = {"say", "buttons", "handoff"};
    const struct yaml_value *steps = yaml_find(root, "steps"), *buttons = yaml_find(root, "buttons");
    const struct intent *i = &r->intent;
    for (size_t k = 0; k < 3 && steps != NULL; k++)
        if (yaml_find(root, single[k]) != NULL)
            intent_complain_key(r, yaml_find(root, single[k]), "“%s” beside “steps”; make it one of the steps",
                                single[k]);
    if (i->say_count == 0 && i->handoff == NULL && steps == NULL && !r->shaky)
        intent_complain(r, root, "it neither says anything nor hands off; add “say”, “handoff” or “steps”");
    if (buttons != NULL && steps == NULL && i->say_count == 0 && !r->shaky)
        intent_complain_key(r, buttons, "buttons stand under a text; add “say”");
    const struct yaml_value *stranger = yaml_find(root, "stranger");
    if (stranger != NULL && !r->flow->identity && !r->shaky)
        intent_complain_key(r, stranger, "“stranger” needs “identity: true” beside it");
}

/* Everything but places: what is the same in two editions has the same hash. */
static uint64_t hash_tree(uint64_t hash, const struct yaml_value *v)
{
    unsigned char kind[2] = {(unsigned char)v->kind, v->quoted};
    hash = hash_more(hash, kind, sizeof kind);
    if (v->key != NULL)
        hash = hash_more(hash, v->key, strlen(v->key) + 1);
    if (v->kind == YAML_TEXT)
        hash = hash_more(hash, v->text, strlen(v->text) + 1);
    for (const struct yaml_value *c = v->child; c != NULL; c = c->next)
        hash = hash_tree(hash, c);
    return hash_more(hash, "", 1);
}

static uint64_t hash_flow(const struct yaml_value *root)
{
    static const char *const parts[] = {"slots", "steps", "stranger", "identity", "expires", "mood"};
    static const char *const single[] = {"say", "buttons", "handoff"};
    uint64_t hash = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (yaml_find(root, parts[i]) != NULL)
            hash = hash_tree(hash, yaml_find(root, parts[i]));
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (yaml_find(root, single[i]) != NULL)
            hash = hash_tree(hash, yaml_find(root, single[i]));
    return hash;
}

/* Once all keys are read. */
static void finish(struct intent_reader *r, const struct yaml_value *root, struct saying *said)
{
    struct intent *i = &r->intent;
    i->say = said->say;
    i->say_count = said->say_count;
    i->options = said->options;
    i->option_count = said->option_count;
    i->mood = said->mood;
    check_beginning(r, root);
    check_doing(r, root);
    if (r->flow->steps == NULL && (r->flow->slot_count > 0 || r->flow->identity))
        make_steps(r, root);
    flow_check(r);
    r->flow->hash = hash_flow(root);
    if (flow_has_steps(r->flow) || r->flow->pattern_count > 0)
        i->flow = r->flow;
}

void intent_read(struct collect *collect, const char *file, const char *lang, struct span text)
{
    struct intent_reader r = {.collect = collect, .file = file, .lang = lang, .intent = {.lang = lang}};
    const struct yaml_value *root = yaml_tree(collect->arena, file, 1, text.text, text.size, collect->problems);
    r.flow = arena_alloc(collect->arena, sizeof *r.flow);
    if (root == NULL || r.flow == NULL)
        return;
    if (root->kind != YAML_MAP) {
        intent_complain(&r, root, "an intent is written as “key: value”, beginning with “intent: ID”");
        return;
    }
    r.flow->expires_minutes = FLOW_EXPIRES_DEFAULT;
    struct saying said = {.mood = "neutral"};
    intent_keys(&r, root, keys, sizeof keys / sizeof *keys, &said,
                "an intent has intent, title, examples, patterns, slots, steps, say, buttons, handoff, mood, expires, "
                "identity and stranger");
    finish(&r, root, &said);
    const struct yaml_value *id = yaml_find(root, "intent");
    if (r.intent.title == NULL && r.intent.example_count > 0)
        r.intent.title = r.intent.examples[0].text;
    if (r.intent.id == NULL || r.intent.title == NULL || (r.intent.example_count == 0 && r.intent.flow == NULL))
        return;
    r.intent.place = (struct place){file, id->line, id->column};
    collect_intent(collect, &r.intent);
}
