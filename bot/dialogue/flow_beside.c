/* What is answered in the middle of a flow, and where it ends it: see flow.h. */
#include "dialogue/flow.h"

/* The flow ends, and a person finds what it has collected. */
int flow_leave_to(struct step *s, struct talk *t, uint32_t entry, double confidence)
{
    if (flow_report(s, t) < 0)
        return -1;
    talk_end(t);
    return reply_entry(s, entry, confidence);
}

/* The question again below what was said, in the flow's language and without the buttons of that. */
static int remind(struct run *r)
{
    struct step *s = r->step;
    s->out->option_count = 0;
    s->lang = s->out->lang = view_entry(s->view, r->entry).lang;
    return reply_say_key(s, "flow_back") < 0 ? -1 : flow_ask_again(r);
}

int flow_answer_beside(struct run *r, uint32_t entry, const char *text, double confidence)
{
    struct step *s = r->step;
    if (flow_is(s->view, entry))
        return flow_start(s, r->talk, entry, text, NULL, confidence);
    if (view_entry(s->view, entry).handoff != NULL)
        return flow_leave_to(s, r->talk, entry, confidence);
    return reply_entry(s, entry, confidence) < 0 ? -1 : remind(r);
}

int flow_beside(struct step *s, struct talk *t, uint32_t entry, double confidence)
{
    struct run r;
    if (flow_resume(s, t, &r) && t->waiting != TALK_CALL)
        return flow_answer_beside(&r, entry, NULL, confidence);
    talk_end(t);
    return flow_is(s->view, entry) ? flow_start(s, t, entry, NULL, NULL, confidence)
                                   : reply_entry(s, entry, confidence);
}
