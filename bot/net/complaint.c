/* Sentences for error codes: see complaint.h. */
#include "net/complaint.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *code, *en, *it;
} complaints[] = {
    {"bad_frame", "That could not be read.", "Non è stato possibile leggere il messaggio."},
    {"unknown_type", "This page is newer than the server, or older. Please reload it.",
     "Questa pagina e il server hanno versioni diverse. Ricarica la pagina."},
    {"bad_field", "Something in that message is missing or not as it should be.",
     "Nel messaggio manca qualcosa, o qualcosa non va."},
    {"too_long", "That is too long. Please shorten it.", "È troppo lungo. Prova ad accorciarlo."},
    {"wrong_order", "The conversation has not begun yet, or has begun already. Please reload the page.",
     "La conversazione non è ancora cominciata, o lo è già. Ricarica la pagina."},
    {"slow_down", "One moment, please: that was a lot at once.", "Un momento, per favore: troppi messaggi insieme."},
    {"busy", "Too much is going on right now. Please try again in a moment.",
     "In questo momento c'è troppo lavoro. Riprova tra poco."},
    {"forbidden", "Please log in again.", "Effettua di nuovo l'accesso."},
};

const char *complaint_text(const char *code, const char *lang)
{
    int italian = lang != NULL && strncmp(lang, "it", 2) == 0;
    for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++) {
        if (strcmp(complaints[i].code, code) == 0)
            return italian ? complaints[i].it : complaints[i].en;
    }
    return italian ? "Qualcosa non ha funzionato. Riprova." : "Something went wrong. Please try again.";
}
