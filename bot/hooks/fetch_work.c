/* One request's handle: its options, its limits, and what its end means. See fetch_work.h. */
#include "hooks/fetch_work.h"

#include "base/version.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};

/* --- making ------------------------------------------------------------------------------------ */

static bool printable(const char *text)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            return false;
    }
    return true;
}

static bool known_method(const char *method)
{
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        if (strcmp(methods[i], method) == 0)
            return true;
    }
    return false;
}

/* NULL, or why the address cannot be asked. */
static const char *judge_url(const char *url, bool mail, bool *ret_tls)
{
    const char *const plain = mail ? "smtp" : "http", *const secure = mail ? "smtps" : "https";
    char *scheme = NULL, *user = NULL;
    const char *wrong = NULL;
    CURLU *parts = strlen(url) <= FETCH_URL_BYTES && printable(url) ? curl_url() : NULL;
    if (parts == NULL || curl_url_set(parts, CURLUPART_URL, url, 0) != CURLUE_OK ||
        curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK)
        wrong = "the address cannot be read";
    else if (strcmp(scheme, secure) != 0 && strcmp(scheme, plain) != 0)
        wrong = mail ? "the address is neither smtp nor smtps" : "the address is neither http nor https";
    else if (curl_url_get(parts, CURLUPART_USER, &user, 0) == CURLUE_OK)
        wrong = "the address has a user name in it";
    *ret_tls = scheme != NULL && strcmp(scheme, secure) == 0;
    curl_free(scheme);
    curl_free(user);
    curl_url_cleanup(parts);
    return wrong;
}

static int add_header(struct fetch_work *w, const char *header)
{
    if (!printable(header) || strchr(header, ':') == NULL)
        w->wrong = "a header has a line break in it, or no colon";
    struct curl_slist *longer = curl_slist_append(w->headers, header);
    if (longer == NULL)
        return -1;
    w->headers = longer;
    return 0;
}

/* A copy, NULL for NULL; -1 without memory. */
static int copy_text(char **ret, const char *text)
{
    *ret = text != NULL ? strdup(text) : NULL;
    return text != NULL && *ret == NULL ? -1 : 0;
}

/* Libcurl puts the addresses into its commands as they are. */
static int take_mail(struct fetch_work *w, const struct fetch_mail *m)
{
    const char *const texts[] = {m->from, m->to, m->user, m->password, m->ca};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i] != NULL && !printable(texts[i]))
            w->wrong = "an address, the user or the password has a line break in it";
    w->mail = true;
    w->mail_tls = m->tls;
    w->tls = w->tls || m->tls == FETCH_TLS_REQUIRED;
    w->recipients = curl_slist_append(NULL, m->to);
    if (w->recipients == NULL || copy_text(&w->from, m->from) < 0 || copy_text(&w->user, m->user) < 0 ||
        copy_text(&w->password, m->password) < 0 || copy_text(&w->ca, m->ca) < 0)
        return -1;
    return 0;
}

struct fetch_work *fetch_work_new(struct fetch *fetch, const struct fetch_request *r)
{
    struct fetch_work *w = calloc(1, sizeof *w);
    if (w == NULL)
        return NULL;
    w->fetch = fetch;
    w->timeout_ms = r->timeout_ms;
    w->reach = r->reach;
    w->once = r->once;
    w->plain = r->plain;
    w->method = strdup(r->mail != NULL ? "" : r->method);
    w->url = strdup(r->url);
    w->body = malloc(r->body_size + 1);
    if (w->method == NULL || w->url == NULL || w->body == NULL)
        goto failed;
    if (r->body_size > 0)
        memcpy(w->body, r->body, r->body_size);
    w->body_size = r->body_size;
    w->wrong = judge_url(w->url, r->mail != NULL, &w->tls);
    if (r->mail != NULL && take_mail(w, r->mail) < 0)
        goto failed;
    if ((r->mail == NULL && !known_method(w->method)) || r->timeout_ms <= 0)
        w->wrong = "the method or the time is not one a request can have";
    /* Curl would ask first whether a large body is welcome, and wait a second for the answer. */
    if (add_header(w, "Expect:") < 0)
        goto failed;
    for (size_t i = 0; i < r->header_count; i++)
        if (add_header(w, r->headers[i]) < 0)
            goto failed;
    return w;
failed:
    fetch_work_free(w);
    return NULL;
}

void fetch_work_free(struct fetch_work *w)
{
    if (w == NULL)
        return;
    curl_easy_cleanup(w->easy);
    curl_slist_free_all(w->headers);
    curl_slist_free_all(w->recipients);
    if (w->password != NULL)
        explicit_bzero(w->password, strlen(w->password));
    free(w->from);
    free(w->user);
    free(w->password);
    free(w->ca);
    free(w->method);
    free(w->url);
    free(w->body);
    free(w);
}

/* --- what libcurl asks while it works ------------------------------------------------------------ */

static bool may_reach(struct fetch_work *w, const struct sockaddr *address)
{
    unsigned reach = reach_of(address);
    if ((reach & w->reach) != 0 && (w->tls || (reach & w->plain) != 0))
        return true;
    w->refused = true;
    snprintf(w->fetch->why, sizeof w->fetch->why, "it leads to a %s address, where %s is not allowed",
             reach_name(reach), (reach & w->reach) != 0 ? "http without TLS" : "this request");
    return false;
}

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    if (purpose != CURLSOCKTYPE_IPCXN || !may_reach(context, &address->addr))
        return CURL_SOCKET_BAD;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* Before each request, also on a connection that an earlier one opened, which may have been allowed more. */
static int before_request(void *context, char *ip, char *local_ip, int port, int local_port)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    (void)local_ip, (void)port, (void)local_port;
    bool good = false;
    if (inet_pton(AF_INET, ip, &v4.sin_addr) == 1)
        good = may_reach(context, (const struct sockaddr *)&v4);
    else if (inet_pton(AF_INET6, ip, &v6.sin6_addr) == 1)
        good = may_reach(context, (const struct sockaddr *)&v6);
    return good ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

static size_t take_body(char *bytes, size_t one, size_t count, void *context)
{
    struct fetch_work *w = context;
    if (buf_add(&w->fetch->body, bytes, one * count) == 0)
        return one * count;
    w->too_large = true;
    return 0;
}

/* The lines of a mail server's answers come here, too: "550 no such user", with "-" where more follow. */
static void note_refusal(struct fetch_work *w, const char *line, size_t size)
{
    bool code = size >= 4 && (line[0] == '4' || line[0] == '5') && line[1] >= '0' && line[1] <= '9' && line[2] >= '0' &&
                line[2] <= '9' && (line[3] == ' ' || line[3] == '\r');
    if (code)
        w->refusal = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

static size_t give_letter(char *bytes, size_t one, size_t count, void *context)
{
    struct fetch_work *w = context;
    size_t left = w->body_size - w->body_read, size = left < one * count ? left : one * count;
    memcpy(bytes, w->body + w->body_read, size);
    w->body_read += size;
    return size;
}

static size_t take_header(char *bytes, size_t one, size_t count, void *context)
{
    struct fetch_work *w = context;
    if (w->mail)
        note_refusal(w, bytes, one * count);
    w->header_bytes += one * count;
    w->too_large = w->too_large || w->header_bytes > FETCH_HEADER_BYTES;
    return w->too_large ? 0 : one * count;
}

/* --- the handle ------------------------------------------------------------------------------------ */

static void set_limits(CURL *e, struct fetch_work *w)
{
    curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)w->timeout_ms);
    curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)w->timeout_ms);
    curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, w->mail ? "smtp,smtps" : "http,https");
    curl_easy_setopt(e, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(e, CURLOPT_HTTP09_ALLOWED, 0L);
    curl_easy_setopt(e, CURLOPT_PROXY, ""); /* not even one that the environment names */
    curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(e, CURLOPT_QUICK_EXIT, 1L); /* a name that is slow to resolve holds up nobody else */
    curl_easy_setopt(e, CURLOPT_MAXAGE_CONN, 60L);
    curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, w);
    curl_easy_setopt(e, CURLOPT_PREREQFUNCTION, before_request);
    curl_easy_setopt(e, CURLOPT_PREREQDATA, w);
    curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(e, CURLOPT_WRITEDATA, w);
    curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(e, CURLOPT_HEADERDATA, w);
}

static void set_letter(CURL *e, struct fetch_work *w)
{
    static const long levels[] = {
        [FETCH_TLS_REQUIRED] = CURLUSESSL_ALL, [FETCH_TLS_TRY] = CURLUSESSL_TRY, [FETCH_TLS_NONE] = CURLUSESSL_NONE};
    curl_easy_setopt(e, CURLOPT_USE_SSL, levels[w->mail_tls]);
    curl_easy_setopt(e, CURLOPT_MAIL_FROM, w->from);
    curl_easy_setopt(e, CURLOPT_MAIL_RCPT, w->recipients);
    if (w->user != NULL) {
        curl_easy_setopt(e, CURLOPT_USERNAME, w->user);
        curl_easy_setopt(e, CURLOPT_PASSWORD, w->password != NULL ? w->password : "");
    }
    if (w->ca != NULL)
        curl_easy_setopt(e, CURLOPT_CAINFO, w->ca);
    curl_easy_setopt(e, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(e, CURLOPT_READFUNCTION, give_letter);
    curl_easy_setopt(e, CURLOPT_READDATA, w);
    curl_easy_setopt(e, CURLOPT_INFILESIZE_LARGE, (curl_off_t)w->body_size);
}

int fetch_work_begin(struct fetch_work *w)
{
    if (w->wrong != NULL) {
        w->fetch->result = FETCH_WRONG;
        snprintf(w->fetch->why, sizeof w->fetch->why, "%s", w->wrong);
        return -1;
    }
    CURL *e = w->easy = curl_easy_init();
    if (e == NULL) {
        w->fetch->result = FETCH_CANCELLED;
        snprintf(w->fetch->why, sizeof w->fetch->why, "there is not enough memory");
        return -1;
    }
    set_limits(e, w);
    curl_easy_setopt(e, CURLOPT_PRIVATE, w->fetch);
    curl_easy_setopt(e, CURLOPT_ERRORBUFFER, w->words);
    curl_easy_setopt(e, CURLOPT_USERAGENT, "sportello/" SPORTELLO_VERSION);
    curl_easy_setopt(e, CURLOPT_URL, w->url);
    curl_easy_setopt(e, CURLOPT_FRESH_CONNECT, w->once ? 1L : 0L);
    if (w->mail) {
        set_letter(e, w);
        return 0;
    }
    curl_easy_setopt(e, CURLOPT_HTTPHEADER, w->headers);
    if (w->body_size > 0 || strcmp(w->method, "POST") == 0) {
        curl_easy_setopt(e, CURLOPT_POST, 1L);
        curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)w->body_size);
        curl_easy_setopt(e, CURLOPT_POSTFIELDS, w->body);
    }
    if (strcmp(w->method, "GET") != 0 || w->body_size > 0)
        curl_easy_setopt(e, CURLOPT_CUSTOMREQUEST, w->method);
    return 0;
}

static enum fetch_result result_of(const struct fetch_work *w, CURLcode code)
{
    if (code == CURLE_OK)
        return FETCH_OK;
    if (w->too_large)
        return FETCH_TOO_LARGE;
    if (w->refused)
        return FETCH_FORBIDDEN;
    switch (code) {
    case CURLE_URL_MALFORMAT:
        return FETCH_WRONG;
    case CURLE_OPERATION_TIMEDOUT:
        return FETCH_LATE;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
        return FETCH_UNREACHABLE;
    case CURLE_OUT_OF_MEMORY:
        return FETCH_CANCELLED;
    default:
        return FETCH_BROKEN;
    }
}

/* A text that the handle keeps, to be freed. */
static char *info_of(struct fetch_work *w, CURLINFO what)
{
    char *text = NULL;
    curl_easy_getinfo(w->easy, what, &text);
    return text != NULL ? strdup(text) : NULL;
}

void fetch_work_end(struct fetch_work *w, CURLcode code)
{
    struct fetch *f = w->fetch;
    long status = 0;
    curl_off_t retry_after = 0;
    f->result = result_of(w, code);
    f->status = f->result == FETCH_OK ? 0 : w->refusal;
    if (f->result == FETCH_OK) {
        curl_easy_getinfo(w->easy, CURLINFO_RESPONSE_CODE, &status);
        f->status = w->mail ? 0 : (int)status;
        curl_easy_getinfo(w->easy, CURLINFO_RETRY_AFTER, &retry_after);
        f->retry_after_s = retry_after > 0 ? retry_after : 0;
        f->type = info_of(w, CURLINFO_CONTENT_TYPE);
        f->location = info_of(w, CURLINFO_REDIRECT_URL);
        f->why[0] = '\0'; /* one of several addresses may have been refused on the way */
    } else if (f->result == FETCH_TOO_LARGE) {
        snprintf(f->why, sizeof f->why, "the answer is larger than %zu bytes", f->body.ceiling);
    } else if (f->result == FETCH_LATE) {
        snprintf(f->why, sizeof f->why, "no answer within %d ms", w->timeout_ms);
    } else if (f->result != FETCH_FORBIDDEN) {
        snprintf(f->why, sizeof f->why, "%s", w->words[0] != '\0' ? w->words : curl_easy_strerror(code));
    }
}
