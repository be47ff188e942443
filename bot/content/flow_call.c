/* What goes to a webhook and what variables are set to: see flow.h. */
#include "content/expression.h"
#include "content/gesture.h"
#include "content/ident.h"
#include "content/intent_reader.h"
#include "content/variable.h"

#include <string.h>

enum { TEMPLATE_BYTES = 2000 };

bool flow_read_pair(struct intent_reader *r, const struct yaml_value *v, struct flow_pair *ret)
{
    if (v->kind != YAML_TEXT) {
        intent_complain(r, v, "a text must stand here, or “= …” to compute");
        return false;
    }
    if (strlen(v->text) > TEMPLATE_BYTES) {
        intent_complain(r, v, "a text that is too long");
        return false;
    }
    if (!yaml_text_uncut(r->file, v, r->collect->problems)) {
        r->shaky = true;
        return false;
    }
    *ret = (struct flow_pair){.name = v->key, .value = v->text, .place = intent_place(r, v)};
    if (v->text[0] != '=') {
        intent_note_template(r, v);
        return true;
    }
    ret->value = NULL;
    ret->expression = intent_expression(r, v, 1);
    return ret->expression != NULL;
}

/* `into` is what call's keys fill in. */
static void read_webhook(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct flow_step *step = into;
    struct flow_call *call = (struct flow_call *)step->call;
    if (v->kind != YAML_TEXT || !ident_valid(v->text, strlen(v->text))) {
        intent_complain(r, v, "“webhook” must be the name of a webhook in sportello.yaml");
        return;
    }
    call->webhook = v->text;
    intent_note_name(r, NAME_WEBHOOK, v->text, intent_place(r, v));
}

static void read_send(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct flow_call *call = (struct flow_call *)((struct flow_step *)into)->call;
    if (v->kind != YAML_MAP || v->count == 0 || v->count > FLOW_SENDS_MAX) {
        intent_complain(r, v, "“send” must be a map of 1 to %d values, key: \"{value}\"", FLOW_SENDS_MAX);
        return;
    }
    struct flow_pair *sends = arena_array(r->collect->arena, v->count, sizeof *sends);
    for (const struct yaml_value *s = v->child; s != NULL && sends != NULL; s = s->next) {
        if (s->key[0] == '\0' || strlen(s->key) > FLOW_NAME_BYTES)
            intent_complain_key(r, s, "a key must have 1 to %d bytes", FLOW_NAME_BYTES);
        else if (flow_read_pair(r, s, &sends[call->send_count]))
            call->send_count++;
    }
    call->sends = sends;
}

static void read_timeout(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct flow_call *call = (struct flow_call *)((struct flow_step *)into)->call;
    intent_number(r, v, FLOW_CALL_MS_MIN, FLOW_CALL_MS_MAX, &call->timeout_ms);
}

static void read_into(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct flow_call *call = (struct flow_call *)((struct flow_step *)into)->call;
    if (v->kind != YAML_TEXT || !variable_is_plain(v->text) || strlen(v->text) > FLOW_NAME_BYTES ||
        expression_is_word(v->text)) {
        intent_complain(r, v, "“into” must be a name: letters, digits, “_” and “-”, beginning with a letter");
        return;
    }
    if (variable_is_built_in(v->text) || strcmp(v->text, "now") == 0 || strcmp(v->text, "visitor") == 0)
        intent_complain(r, v, "“%s” is the name of something built in; choose another", v->text);
    else if (gesture_named(v->text, strlen(v->text)) != NULL)
        intent_complain(r, v, "“%s” is a gesture of the assistant; choose another name", v->text);
    else if (flow_slot(r->flow, v->text) >= 0)
        intent_complain(r, v, "“%s” is a slot already; choose another name", v->text);
    call->into = v->text;
    intent_note_name(r, NAME_INTO, v->text, intent_place(r, v));
}

static void read_safe(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct flow_call *call = (struct flow_call *)((struct flow_step *)into)->call;
    intent_switch(r, v, &call->safe);
}

static void read_otherwise(struct intent_reader *r, const struct yaml_value *v, void *into)
{
    struct flow_step *step = into;
    ((struct flow_call *)step->call)->otherwise = flow_read_steps(r, v, step);
}

void flow_read_call(struct intent_reader *r, const struct yaml_value *v, struct flow_step *step)
{
    static const struct intent_key keys[] = {{"webhook", read_webhook},    {"send", read_send},
                                             {"timeout_ms", read_timeout}, {"into", read_into},
                                             {"safe", read_safe},          {"else", read_otherwise}};
    struct flow_call *call = arena_alloc(r->collect->arena, sizeof *call);
    if (v->kind != YAML_MAP) {
        intent_complain(r, v, "a call is written {webhook: NAME, into: o, else: [steps]}");
        return;
    }
    if (call == NULL)
        return;
    step->call = call;
    intent_keys(r, v, keys, sizeof keys / sizeof *keys, step,
                "a call has webhook, send, timeout_ms, into, safe and else");
    if (yaml_find(v, "webhook") == NULL)
        intent_complain(r, v, "a call without “webhook”; name one of sportello.yaml");
}
