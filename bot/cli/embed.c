/* sportello embed: the lines that put the assistant on a page. */
#include "base/file.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/embed_tag.h"
#include "content/settings.h"
#include "net/assets.h"
#include "net/origins.h"
#include "wire/json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ARENA_BYTES = 16 << 20, SETTINGS_BYTES = 1 << 20, OUT_BYTES = 1 << 20, ATTRIBUTE_BYTES = 500 };

static const char here[] = "http://127.0.0.1:8080";

/* What one run has found out. */
struct embedding {
    struct call *call;
    struct arena *arena;
    struct assets *assets;
    const struct settings *settings;
    struct origins *origins;
    struct embed_attribute attributes[8];
    struct embed embed;
    char hash[ASSET_HASH_BYTES];
    char *page; /* the origin of --page; NULL = none was given */
};

/* --- what was wished -------------------------------------------------------------------------------------- */

static bool is_one_of(const char *text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(*words, text) == 0)
            return true;
    return false;
}

static bool good_language(const struct embedding *e, const char *text)
{
    return settings_language(e->settings, text) >= 0;
}

/* The faces are those that this program has, and none. */
static bool good_avatar(const struct embedding *e, const char *text)
{
    static const char *const always[] = {"olma", "initials", NULL};
    char name[ASSET_NAME_BYTES], hash[ASSET_HASH_BYTES];
    int length = snprintf(name, sizeof name, "face-%s.js", text);
    return is_one_of(text, always) ||
           (length > 0 && length < ASSET_NAME_BYTES && assets_hash(e->assets, name, hash) == 0);
}

static bool good_color(const struct embedding *e, const char *text)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#%.,/()- ";
    size_t length = strlen(text), digits = strspn(text + (text[0] == '#'), "0123456789abcdefABCDEF");
    (void)e;
    if (text[0] == '#')
        return digits + 1 == length && (digits == 3 || digits == 4 || digits == 6 || digits == 8);
    return length > 0 && length < 64 && strspn(text, allowed) == length;
}

static bool good_position(const struct embedding *e, const char *text)
{
    static const char *const positions[] = {"start", "end", NULL};
    (void)e;
    return is_one_of(text, positions);
}

static bool good_theme(const struct embedding *e, const char *text)
{
    static const char *const themes[] = {"light", "dark", "contrast", NULL};
    (void)e;
    return is_one_of(text, themes);
}

static bool good_contact(const struct embedding *e, const char *text)
{
    size_t length = strlen(text), at = 0, step;
    (void)e;
    while (at < length && (unsigned char)text[at] >= ' ' && text[at] != 0x7f &&
           (step = utf8_length(text + at, length - at)) > 0)
        at += step;
    return length > 0 && length <= ATTRIBUTE_BYTES && at == length;
}

struct wish {
    const char *name;
    size_t offset; /* in struct call */
    bool (*good)(const struct embedding *, const char *);
    const char *remedy;
};

static const struct wish wishes[] = {
    {"lang", offsetof(struct call, lang), good_language, "a language of the site (“languages” in sportello.yaml)"},
    {"avatar", offsetof(struct call, avatar), good_avatar, "a face such as olma, or initials"},
    {"accent", offsetof(struct call, accent), good_color, "a CSS colour such as #1b6f8a"},
    {"position", offsetof(struct call, position), good_position, "start or end"},
    {"theme", offsetof(struct call, theme), good_theme, "light, dark or contrast"},
    {"contact", offsetof(struct call, contact), good_contact, "an e-mail address, a telephone number or a page"},
};

static int take_wishes(struct embedding *e)
{
    size_t count = sizeof wishes / sizeof *wishes;
    for (size_t i = 0; i < count; i++) {
        const char *value = *(const char *const *)((const char *)e->call + wishes[i].offset);
        if (value != NULL && !wishes[i].good(e, value)) {
            fprintf(e->call->err, "sportello embed: --%s “%s”: give %s\n", wishes[i].name, value, wishes[i].remedy);
            return EXIT_USAGE;
        }
        e->attributes[i] = (struct embed_attribute){wishes[i].name, value};
    }
    e->embed.attributes = e->attributes;
    e->embed.count = count;
    return EXIT_GOOD;
}

/* --- the site and the program ------------------------------------------------------------------------------ */

static int read_settings(struct embedding *e)
{
    struct call *call = e->call;
    const char *path = arena_printf(e->arena, "%s/sportello.yaml", call->site);
    struct problems *problems = problems_new();
    size_t size = 0;
    char *text = path != NULL ? file_read(path, SETTINGS_BYTES, &size) : NULL;
    bool unread = text == NULL && (errno != ENOENT || access(call->site, X_OK) < 0);
    int code = EXIT_SHORT;
    if (problems == NULL || path == NULL)
        fputs("sportello embed: no memory\n", call->err);
    else if (unread)
        fprintf(call->err, "sportello embed: %s: cannot read: %s\n", path, strerror(errno));
    else if ((e->settings = settings_read(e->arena, "sportello.yaml", text != NULL ? text : "", size, problems)) ==
             NULL)
        fputs("sportello embed: no memory\n", call->err);
    else if (problems_count(problems, SEVERITY_ERROR) > 0)
        problems_print(problems, call->err);
    else
        code = EXIT_GOOD;
    free(text);
    problems_free(problems);
    return code;
}

static void take_base(struct embedding *e)
{
    const char *url = e->settings->public_url;
    size_t length = strlen(url);
    while (length > 0 && url[length - 1] == '/')
        length--;
    e->embed.base = length > 0 ? arena_strndup(e->arena, url, length) : here;
    if (length == 0)
        fprintf(e->call->err,
                "sportello embed: warning: “public_url” is not set in sportello.yaml, so this is for a page on this "
                "machine only: %s\n",
                here);
}

/* The loader's address and fingerprint, as this program serves it. */
static int pin(struct embedding *e)
{
    char *integrity = arena_alloc(e->arena, ASSET_INTEGRITY_BYTES);
    if (integrity == NULL || assets_hash(e->assets, "sportello.js", e->hash) < 0 ||
        assets_integrity(e->assets, "sportello.js", integrity) < 0) {
        fputs("sportello embed: the script of the element is not built in, so it cannot be pinned\n", e->call->err);
        return EXIT_SHORT;
    }
    e->embed.hash = e->hash;
    e->embed.integrity = integrity;
    return EXIT_GOOD;
}

static int open_all(struct embedding *e)
{
    struct call *call = e->call;
    e->arena = arena_new(ARENA_BYTES);
    e->assets = assets_new(call->assets);
    if (e->arena == NULL || e->assets == NULL) {
        fputs("sportello embed: no memory\n", call->err);
        return EXIT_SHORT;
    }
    int code = read_settings(e);
    if (code != EXIT_GOOD || (code = take_wishes(e)) != EXIT_GOOD)
        return code;
    take_base(e);
    e->embed.title = call->lang != NULL && strcmp(call->lang, "it") == 0 ? "Chat con l’assistente automatico"
                                                                         : "Chat with the automatic assistant";
    e->origins = origins_new(e->settings, "127.0.0.1", 8080);
    if (e->origins == NULL) {
        fputs("sportello embed: no memory\n", call->err);
        return EXIT_SHORT;
    }
    return call->pin ? pin(e) : EXIT_GOOD;
}

/* --- the page ------------------------------------------------------------------------------------------------ */

/* Whether the page may use what is printed; says why it may not. */
static int judge_page(struct embedding *e)
{
    FILE *err = e->call->err;
    if (e->call->page == NULL) {
        if (e->settings->allowed_origins.count == 0)
            fputs("sportello embed: warning: “allowed_origins” is empty in sportello.yaml: only pages of the server "
                  "itself may open the chat; --page URL checks a page\n",
                  err);
        return EXIT_GOOD;
    }
    if ((e->page = origins_of(e->call->page)) == NULL) {
        fprintf(err, "sportello embed: --page “%s”: give the address of a page, such as https://www.example.com/\n",
                e->call->page);
        return EXIT_USAGE;
    }
    if (strncmp(e->page, "https:", 6) == 0 && strncmp(e->embed.base, "http:", 5) == 0) {
        fprintf(err,
                "sportello embed: %s is https and %s is not: browsers refuse that; set “public_url” to an https "
                "address\n",
                e->page, e->embed.base);
        return EXIT_SHORT;
    }
    if (origins_allow(e->origins, e->page))
        return EXIT_GOOD;
    fprintf(err,
            "sportello embed: %s may not open the chat: add it to “allowed_origins” in sportello.yaml and publish\n",
            e->page);
    return EXIT_SHORT;
}

/* --- what is printed ------------------------------------------------------------------------------------------- */

static const struct embed_directive *policy_of(const struct call *call)
{
    return call->iframe ? embed_frame_policy : embed_tag_policy;
}

static void print_text(const struct embedding *e, struct buf *out)
{
    (e->call->iframe ? embed_frame : embed_tag)(&e->embed, out);
    buf_puts(out, "<!-- Where the page has a Content-Security-Policy, it needs:\n");
    for (const struct embed_directive *d = policy_of(e->call); d->name != NULL; d++) {
        buf_printf(out, "     %s ", d->name);
        d->sources(&e->embed, out);
        buf_puts(out, d[1].name != NULL ? ";\n" : " -->\n");
    }
}

static void print_json(const struct embedding *e, struct buf *out)
{
    struct buf text;
    buf_init(&text, OUT_BYTES);
    (e->call->iframe ? embed_frame : embed_tag)(&e->embed, &text);
    json_open(out, NULL, '{');
    json_text(out, "html", text.data);
    buf_clear(&text);
    (e->call->iframe ? embed_frame_address : embed_loader)(&e->embed, &text);
    json_text(out, "src", text.data);
    e->embed.integrity != NULL ? json_text(out, "integrity", e->embed.integrity) : json_nothing(out, "integrity");
    json_text(out, "server", e->embed.base);
    json_open(out, "policy", '{');
    for (const struct embed_directive *d = policy_of(e->call); d->name != NULL; d++) {
        buf_clear(&text);
        d->sources(&e->embed, &text);
        json_text(out, d->name, text.data);
    }
    json_close(out, '}');
    e->page != NULL ? json_text(out, "page", e->page) : json_nothing(out, "page");
    e->page != NULL ? json_bool(out, "allowed", origins_allow(e->origins, e->page)) : json_nothing(out, "allowed");
    json_close(out, '}');
    buf_putc(out, '\n');
    buf_free(&text);
}

static int run(struct call *call)
{
    struct embedding e = {.call = call};
    struct buf out;
    if (call->pin && call->iframe) {
        fputs("sportello embed: --pin and --iframe do not go together: a frame's page is always the server's newest\n",
              call->err);
        return EXIT_USAGE;
    }
    int code = open_all(&e), page = code == EXIT_GOOD ? judge_page(&e) : EXIT_GOOD;
    buf_init(&out, OUT_BYTES);
    if (code == EXIT_GOOD && page != EXIT_USAGE) {
        (call->json ? print_json : print_text)(&e, &out);
        fwrite(out.data, 1, out.size, call->out);
    }
    buf_free(&out);
    free(e.page);
    origins_free(e.origins);
    assets_free(e.assets);
    arena_free(e.arena);
    return code != EXIT_GOOD ? code : page;
}

const struct command command_embed = {
    .name = "embed",
    .arguments = "[--pin | --iframe] [--page URL] [--lang it] [--avatar olma] …",
    .summary = "prints the lines that put the assistant on a page",
    .help = "The tag with the address of the server (“public_url”), and what a Content-Security-Policy of the page\n"
            "must allow. The script's address is the same for every version; with --pin it is that of this\n"
            "version, with its fingerprint, and the server goes on serving it for at least 400 days after an\n"
            "upgrade. --iframe prints a frame instead, for pages that load no script from elsewhere. With --page\n"
            "it exits 1 where the site's settings keep that page from opening the chat. docs/embedding.md tells more.",
    .options = "lang assets pin iframe page avatar accent position theme contact json",
    .run = run,
};
