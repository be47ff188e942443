/* Settings: defaults, values, and the reference page. */
#include "content_test.h"

#include "base/file.h"
#include "content/settings.h"

static struct settings *read(struct fixture *f, const char *text)
{
    return settings_read(f->arena, "sportello.yaml", text, strlen(text), f->problems);
}

static void has_defaults(void **state)
{
    struct fixture *f = *state;
    const struct settings *s = settings_default(f->arena);
    assert_int_equal(s->languages.count, 2);
    assert_string_equal(s->languages.items[0], "it");
    assert_true(s->answer > 0.699 && s->answer < 0.701 && s->offer < s->answer && s->close > 0);
    assert_int_equal(s->lease_seconds, 15);
    assert_int_equal(s->offer_seconds, 30);
    assert_int_equal(s->grace_seconds, 120);
    assert_int_equal(s->silent_ask_seconds, 180);
    assert_int_equal(s->silent_park_seconds, 480);
    assert_int_equal(s->keep_editions, 20);
    assert_false(s->push || s->handoff_auto);
    assert_string_equal(s->log_level, "info");
    assert_string_equal(s->metrics_secret, "");
    assert_string_equal(s->public_url, "");
    assert_string_equal(s->name, "");
    assert_string_equal(settings_text(s, &s->assistant, "en"), "Sportello");
    assert_int_equal(strncmp(settings_text(s, &s->greeting, "en"), "Hello", 5), 0);
    const struct department *team = settings_department(s, "");
    assert_string_equal(team->id, "team");
    assert_string_equal(settings_text(s, &team->name, "it"), "assistenza");
    assert_string_equal(settings_text(s, &team->name, "en"), "support");
    assert_int_equal(team->hour_count, 0);
}

static void every_number_has_a_default_within_its_range(void **state)
{
    struct fixture *f = *state;
    const struct settings *s = settings_default(f->arena);
    for (size_t i = 0; i < settings_count; i++) {
        const struct setting_row *row = &settings_table[i];
        const void *field = (const char *)s + row->offset;
        assert_true(strlen(row->help) > 10);
        if (strncmp(row->key, "webhooks.", 9) == 0)
            continue; /* of each webhook, not of the settings */
        if (row->type == SETTING_NUMBER)
            assert_in_range(*(const int *)field, (int)row->low, (int)row->high);
        if (row->type == SETTING_NUMBER)
            assert_int_equal(*(const int *)field, atoll(row->fallback));
    }
}

static void reads_a_whole_site(void **state)
{
    struct fixture *f = *state;
    const struct settings *s =
        read(f, "languages: [en, de]\n"
                "name: \"Olmo # 1\"\n"
                "assistant: {de: Ulme}\n"
                "public_url: https://www.example.com/chat/\n"
                "trusted_proxies: [127.0.0.1, \"::1\", 10.0.0.0/8]\n"
                "policy: {answer: 0.8, handoff: auto}\n"
                "desk: {assign: push}\n"
                "metrics_secret: metrics\n"
                "departments:\n"
                "  shop:\n"
                "    hours: {mon-fri: \"15:00-19:00\", lun-ven: \"\", sat: \"09:00-12:30, 14-16\"}\n"
                "  yard:\n"
                "    assign: pull\n"
                "    name: {en: Yard, de: Hof}\n"
                "    hours: {sun: \"10:00-12:00\", sab: \"09:00-12:30,15:00-24:00\"}\n"
                "    holidays: [2027-01-01, 12-25]\n");
    assert_string_equal(s->name, "Olmo # 1");
    assert_string_equal(settings_text(s, &s->assistant, "de"), "Ulme");
    assert_string_equal(settings_text(s, &s->assistant, "en"), "Sportello");
    assert_string_equal(settings_text(s, &s->assistant, "fr"), "Sportello");
    assert_string_equal(s->public_url, "https://www.example.com/chat");
    assert_int_equal(s->trusted_proxies.count, 3);
    assert_true(s->push && s->handoff_auto);
    assert_int_equal(s->department_count, 2);
    assert_string_equal(settings_text(s, &s->departments[0].name, "de"), "shop");
    const struct department *yard = settings_department(s, "yard");
    assert_string_equal(settings_text(s, &yard->name, "de"), "Hof");
    assert_int_equal(yard->hour_count, 3);
    assert_int_equal(yard->hours[0].weekday, 5);
    assert_int_equal(yard->hours[1].to, 1440);
    assert_int_equal(yard->hours[2].weekday, 6);
    assert_int_equal(yard->holidays.count, 2);
    assert_true(settings_pushes(s, &s->departments[0]));
    assert_false(settings_pushes(s, yard));
    assert_null(settings_department(s, "garden"));
    /* Of the shop's hours, some weekdays are given twice and the times of one are none. */
    assert_int_equal(s->departments[0].hour_count, 5);
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 6);
}

static void a_file_is_for_all_languages_or_one(void **state)
{
    struct fixture *f = *state;
    const struct settings *none = read(f, "languages: [it, en]\n");
    assert_true(none->vectors[0].path == NULL && none->vectors[1].path == NULL);
    const struct settings *all = read(f, "languages: [it, en]\nunderstanding:\n  vectors: all.vec\n");
    assert_string_equal(all->vectors[0].path, "all.vec");
    assert_string_equal(all->vectors[1].path, "all.vec");
    assert_int_equal(all->vectors[1].line, 3);
    assert_int_equal(all->vectors[1].column, 12);
    const struct settings *one = read(f, "languages: [it, en]\nunderstanding: {vectors: {en: /srv/en.vec}}\n");
    assert_null(one->vectors[0].path);
    assert_string_equal(one->vectors[1].path, "/srv/en.vec");
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 0);
}

static void a_mistake_leaves_the_default(void **state)
{
    struct fixture *f = *state;
    const struct settings *s = read(f, "policy: {answer: high}\nlanguages: [xx]\nkeep_editions: 0\n");
    assert_true(s->answer > 0.699);
    assert_int_equal(s->languages.count, 2);
    assert_int_equal(s->keep_editions, 20);
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 3);
}

static void an_embeddings_server_needs_a_model(void **state)
{
    struct fixture *f = *state;
    const struct settings *s = read(f, "name: Olmo\nunderstanding:\n  embeddings:\n    url: http://127.0.0.1:8081/\n"
                                       "    model: bge-m3\n    timeout_ms: 300\n    secret: embeddings\n");
    assert_string_equal(s->embeddings_url, "http://127.0.0.1:8081");
    assert_string_equal(s->embeddings_model, "bge-m3");
    assert_string_equal(s->embeddings_secret, "embeddings");
    assert_int_equal(s->embeddings_timeout_ms, 300);
    assert_int_equal(s->embeddings_line, 3);
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 0);
    read(f, "understanding: {embeddings: {url: http://127.0.0.1:8081}}\n");
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 1);
    assert_int_equal(read(f, "name: Olmo\n")->embeddings_line, 0);
}

static void what_names_another_setting_needs_it(void **state)
{
    struct fixture *f = *state;
    const struct settings *s =
        read(f, "webhooks:\n  clienti: {url: \"https://a.example/x\", secret: a}\ncustomer_card: clienti\n"
                "rt: {url: \"https://rt.example/\", secret: rt}\npush: {contact: banco@olmo.example}\n"
                "departments:\n  negozio: {rt_queue: Ordini}\n  altro: {name: Altro}\n");
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 0);
    assert_string_equal(s->customer_card, "clienti");
    assert_int_equal(s->customer_card_timeout_ms, 1500);
    assert_string_equal(s->rt_url, "https://rt.example");
    assert_string_equal(s->rt_queue, "General");
    assert_string_equal(settings_department(s, "negozio")->rt_queue, "Ordini");
    assert_string_equal(settings_department(s, "altro")->rt_queue, "");
    assert_string_equal(s->push_contact, "banco@olmo.example");
    read(f, "customer_card: clienti\nrt: {url: \"https://rt.example\"}\n");
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 2);
}

static void an_address_of_mail_is_one(void **state)
{
    struct fixture *f = *state;
    static const char *const wrong[] = {"banco", "@olmo.example", "banco@", "a@b@c", "\"a b@c\"", "\"a\\\"@b\""};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[100];
        snprintf(text, sizeof text, "push: {contact: %s}\n", wrong[i]);
        assert_string_equal(read(f, text)->push_contact, "");
        assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), i + 1);
    }
}

static void the_reference_page_is_up_to_date(void **state)
{
    (void)state;
    struct buf page;
    buf_init(&page, 1 << 20);
    settings_markdown(&page);
    size_t size;
    char *file = file_read("docs/settings.md", 1 << 20, &size);
    assert_non_null(file);
    assert_string_equal(file, page.data);
    free(file);
    buf_free(&page);
}

static void a_share_is_written_in_three_ways(void **state)
{
    struct fixture *f = *state;
    const struct settings *s = read(f, "policy: {answer: 85 %, offer: 0.45, close: \"5%\"}\n");
    assert_int_equal(problems_count(f->problems, SEVERITY_ERROR), 0);
    assert_float_equal(s->answer, 0.85, 1e-9);
    assert_float_equal(s->offer, 0.45, 1e-9);
    assert_float_equal(s->close, 0.05, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(has_defaults),
        TEST(every_number_has_a_default_within_its_range),
        TEST(reads_a_whole_site),
        TEST(an_embeddings_server_needs_a_model),
        TEST(what_names_another_setting_needs_it),
        TEST(an_address_of_mail_is_one),
        TEST(a_file_is_for_all_languages_or_one),
        TEST(a_mistake_leaves_the_default),
        TEST(a_share_is_written_in_three_ways),
        TEST(the_reference_page_is_up_to_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
