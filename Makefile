# Sportello. `make help` lists the targets.
#
#   make run      installs what is missing, builds, serves the demo
#   make check    installs what is missing for the tests and passes them
#   make check-rt the same with a real Request Tracker on this machine
#
# Variables: CC=clang, SAN=1 (address and undefined sanitisers), SHARED=DIR (test data),
# PREFIX=, DESTDIR= (make install), HOST=, PORT= (make run).

ifeq ($(origin CC),default)
CC      = gcc
endif
SHARED ?= ../shared
PREFIX  = /usr/local
HOST    = 127.0.0.1
PORT    = 8080
VERSION := $(shell sed -n 's/^\#define SPORTELLO_VERSION "\(.*\)"/\1/p' bot/base/version.h)

ifdef SAN
BUILD    = build/san
SANFLAGS = -fsanitize=address,undefined -fno-sanitize-recover=undefined
OPTIMISE = -O1
else
BUILD    = build
OPTIMISE = -O3
endif

PKGS     = libwebsockets jansson sqlite3 hunspell libutf8proc libcmark yaml-0.1 libpcre2-8 libsodium libcrypto libcurl libxml-2.0 libedit libqrencode
WARNINGS = -Wall -Wextra -Wshadow -Werror
CPPFLAGS := -D_GNU_SOURCE -Ibot $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
CFLAGS   = -std=gnu11 -g $(OPTIMISE) $(WARNINGS) -fstack-protector-strong -D_FORTIFY_SOURCE=$(if $(SAN),0,2) \
           -fno-omit-frame-pointer $(SANFLAGS)
LDFLAGS  = $(SANFLAGS) -Wl,-z,relro,-z,now
LDLIBS  := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lev -lstemmer -lcsv -lm -lpthread

SOURCES  = $(sort $(wildcard bot/*/*.c))
MAIN     = bot/cli/main.c
OBJECTS  = $(patsubst %.c,$(BUILD)/obj/%.o,$(filter-out $(MAIN),$(SOURCES)))
LIBRARY  = $(BUILD)/libsportello.a
PROGRAM  = $(BUILD)/sportello
DATA     = $(sort $(wildcard bot/*/data/*))
UNITS    = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/*/test_*.c)))
FUZZERS  = $(patsubst tests/fuzz/%.c,build/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
BENCHES  = $(patsubst tests/bench/%.c,build/bench/%,$(sort $(wildcard tests/bench/bench_*.c)))

# What esbuild makes of web-widget/ and web-desk/: the same for every build of the program.
WEB_SOURCES = $(sort $(wildcard web-widget/*.js web-widget/*/*.js web-widget/*/*/*.js web-widget/*/*.html web-widget/*/*.css \
              web-desk/*.js web-desk/*/*.js web-desk/*.jsx web-desk/*/*.jsx web-desk/*.html web-desk/*.css web-desk/*/*.css web-desk/*.svg))
WEB_FILES  := $(shell sed -n 's/^out *: *//p' install/web.txt 2>/dev/null)
# Each as it is and compressed.
WEB_CARRIED = $(foreach f,$(WEB_FILES),$(f) $(f).br $(f).gz)
WEB         = $(addprefix build/web/,$(WEB_CARRIED))

.PHONY: all voice install-voice run check check-rt check-unit check-content check-dialogues check-prove check-system check-browser lint format fuzz bench \
        bench-understanding bench-widget prove install clean wordpress help needs needs-run needs-check docs docs-understanding tables FORCE
.DELETE_ON_ERROR:

all: $(PROGRAM) tables

help:
	@sed -n '3,8s/^# \{0,1\}//p' Makefile
	@echo 'Targets: all voice run check check-rt prove lint format fuzz bench bench-understanding docs docs-understanding wordpress install clean'

# --- the program --------------------------------------------------------------------------

$(PROGRAM): $(BUILD)/obj/$(MAIN:.c=.o) $(LIBRARY)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(LIBRARY): $(OBJECTS) $(BUILD)/obj/embedded.o
	@rm -f $@
	@ar rcs $@ $^

# Solving is nearly all of a publish, in a few loops over whole arrays: sanitised, every test that publishes
# would wait for half a minute.
ifdef SAN
$(BUILD)/obj/bot/understand/svm.o $(BUILD)/obj/bot/understand/training_solve.o: SANFLAGS =
$(BUILD)/obj/bot/understand/svm.o $(BUILD)/obj/bot/understand/training_solve.o: OPTIMISE = -O3
endif

$(BUILD)/obj/%.o: %.c $(BUILD)/flags | build/needs.stamp
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# What everything is compiled with, so that another compiler or another library is noticed.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(CPPFLAGS) $(CFLAGS)' | cmp -s - $@ || echo '$(CC) $(CPPFLAGS) $(CFLAGS)' > $@

# The list of the files is a prerequisite of its own, so that an added or removed one is noticed.
EMBED = $(foreach f,$(DATA),$(patsubst bot/%,%,$(f))=$(f)) $(foreach f,$(WEB_CARRIED),web/$(f)=build/web/$(f))
$(BUILD)/embedded.list: FORCE
	@mkdir -p $(@D)
	@echo '$(EMBED)' | cmp -s - $@ || echo '$(EMBED)' > $@
$(BUILD)/obj/embedded.o: $(BUILD)/embedded.list $(DATA) $(WEB) install/embed
	@mkdir -p $(@D)
	@echo 'install/embed: $(words $(EMBED)) files into $(BUILD)/embedded.S'
	@install/embed $(EMBED) > $(BUILD)/embedded.S
	$(CC) -c -o $@ $(BUILD)/embedded.S
FORCE:

# --- the voice: a program of its own, under the GPL (voice/LICENSE) -------------------------

# Sportello links nothing of it and is complete without it. Built where eSpeak NG's library is (install/needs.txt); in a
# folder of its own, where the program does not find it by itself: tests say when they mean it.
VOICE = $(BUILD)/voice/sportello-voice
voice: $(VOICE)
# Opus where the library for it is, too: its sound is a fifteenth of WAV's.
VOICE_OPUS = $(if $(shell pkg-config --exists libopusenc && echo yes),-DWITH_OPUS $(shell pkg-config --cflags libopusenc))
VOICE_OPUS_LIBS = $(if $(VOICE_OPUS),$(shell pkg-config --libs libopusenc))
$(VOICE): $(wildcard voice/*.c voice/*.h)
	@mkdir -p $(@D)
	$(CC) -D_GNU_SOURCE $(VOICE_OPUS) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.c,$^) -lespeak-ng $(VOICE_OPUS_LIBS)

# --- browser code ---------------------------------------------------------------------------

NODE_STAMP = node_modules/.sportello-stamp
$(NODE_STAMP): package.json package-lock.json .npmrc | build/needs.stamp
	npm ci --include=dev
	@touch $@

build/web.stamp: $(WEB_SOURCES) $(NODE_STAMP) install/build-web.mjs
	node install/build-web.mjs build/web
	@touch $@
$(WEB): build/web.stamp ;

# --- language tables ------------------------------------------------------------------------

# Files beside the program, the same for every build of it. They are counted by the program's own
# features, so they are made again when what makes those changes, not whenever anything does.
SHARE          = build/share
TABLES_TOOL    = $(BUILD)/tables/language-tables
TABLES_SOURCES = $(sort $(wildcard install/tables/*.c))
TABLES_USE     = $(sort $(wildcard install/tables/*)) $(wildcard bot/text/data/stop.* bot/text/data/elisions.* bot/text/data/grams.*) \
                 $(wildcard $(foreach f,fold token stem stop language table background negatives thesaurus kinship,bot/text/$(f).[ch])) \
                 bot/understand/features.c bot/understand/features.h bot/base/hash.c bot/base/svd.c

tables: $(SHARE)/made

$(TABLES_TOOL): $(TABLES_USE) | $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Iinstall $(CFLAGS) $(LDFLAGS) -o $@ $(TABLES_SOURCES) $(LIBRARY) $(LDLIBS)

# Where text is missing the tables are made of what is there, and each `make` tries again.
$(SHARE)/made: $(TABLES_USE) | $(TABLES_TOOL)
	@install/tables/make $(TABLES_TOOL) build/tables $(SHARE)

# --- set-up ---------------------------------------------------------------------------------

needs-run:
	@install/ensure run
needs-check:
	@install/ensure run check

# Asked once a build folder: what is missing is named before a compiler stumbles over it.
build/needs.stamp: install/needs.txt
	@install/ensure --look run
	@mkdir -p $(@D)
	@touch $@

# A second make, because what pkg-config says is read when make starts; as many compilers at once
# as there are processors, where nobody has said otherwise.
AGAIN = $(MAKE) --no-print-directory $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

run: needs-run
	@$(AGAIN) all
	@install/run-demo $(PROGRAM) $(HOST) $(PORT)

# --- tests ----------------------------------------------------------------------------------

check: needs-check
	@$(AGAIN) CC='$(CC)' SAN='$(SAN)' all voice
	@SHARED='$(SHARED)' MAKE='$(MAKE)' CC='$(CC)' SAN='$(SAN)' BUILD='$(BUILD)' tests/run unit content dialogues prove system+browser

check-unit check-content check-dialogues check-prove check-system check-browser: all
	@SHARED='$(SHARED)' MAKE='$(MAKE)' CC='$(CC)' SAN='$(SAN)' BUILD='$(BUILD)' tests/run $(@:check-%=%)

# With a real Request Tracker 5 in a folder of its own: nothing of it is started that does not end with the test.
check-rt: needs-check
	@install/ensure rt
	@$(AGAIN) CC='$(CC)' SAN='$(SAN)' all
	@SHARED='$(SHARED)' MAKE='$(MAKE)' CC='$(CC)' SAN='$(SAN)' BUILD='$(BUILD)' tests/run rt

units: $(UNITS)
$(BUILD)/unit/%: tests/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS) $(LDFLAGS) -MMD -MP -o $@ $< $(LIBRARY) $(LDLIBS) -lcmocka

lint:
	@install/ensure run lint
	@$(AGAIN) $(NODE_STAMP)
	@tests/lint/run

format:
	clang-format -i $$(git ls-files '*.c' '*.h')

# Each fuzz target is one source file, built by clang with the sources it lists in a line
# `// needs: bot/…` or, without one, with the whole library.
FUZZ_SECONDS = 20
fuzz:
	@install/ensure run check
	@FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run

# What no number of examples shows: the queue by a hundred thousand runs of chance, and its model by every way
# there is. A few minutes. PROVE_RUNS=, PROVE_FROM= (the first seed).
PROVE_RUNS = 100000
PROVE_FROM = 1
prove:
	@install/ensure run check
	@$(AGAIN) CC='$(CC)' SAN='$(SAN)' $(BUILD)/prove/queue
	@BUILD='$(BUILD)' tests/prove/run $(PROVE_RUNS) $(PROVE_FROM)
$(BUILD)/prove/%: tests/prove/%.c $(wildcard tests/prove/*.h) $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS) $(LDFLAGS) -o $@ $< $(LIBRARY) $(LDLIBS)

bench:
	@install/ensure run check
	@$(AGAIN) all benches
	@SHARED='$(SHARED)' tests/bench/run
benches: $(BENCHES)
BENCH_SHARED = tests/bench/bench.c tests/bench/questions.c
build/bench/%: tests/bench/%.c $(BENCH_SHARED) $(BENCH_SHARED:.c=.h) $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS) $(LDFLAGS) -o $@ $< $(BENCH_SHARED) $(LIBRARY) $(LDLIBS)

# The widget's figures in a headless browser: bytes, frames, script time, accessibility.
bench-widget:
	@install/ensure run check
	@$(AGAIN) all
	@node tests/bench/widget.mjs

# The table of figures to reach, with NLP.js beside it where npm can install it: its packages are
# nobody else's, so they lie in a folder of their own and their absence is no error.
NLPJS = build/bench/nlpjs
$(NLPJS)/.stamp: tests/bench/understanding/package.json tests/bench/understanding/package-lock.json
	@mkdir -p $(@D)
	@cp $^ .npmrc $(@D)
	@cd $(@D) && npm ci --ignore-scripts --no-progress && touch .stamp || \
	    echo 'bench-understanding: NLP.js cannot be installed, so it is left out' >&2
bench-understanding: all $(NLPJS)/.stamp
	@SHARED='$(SHARED)' BUILD='$(BUILD)' node tests/bench/understanding.mjs $(ONLY)

# --- documents that are printed from tables ---------------------------------------------------

docs: all
	$(PROGRAM) settings --markdown > docs/settings.md

# The figures of the last `make bench-understanding`.
docs-understanding: | $(NODE_STAMP)
	node tests/bench/understanding/page.mjs

# --- the WordPress plug-in, as WordPress takes it ---------------------------------------------

WORDPRESS = build/sportello-wordpress.zip
wordpress:
	@install/ensure wordpress
	@mkdir -p build && rm -f $(WORDPRESS)
	@cd wordpress && find sportello -type f | LC_ALL=C sort | TZ=UTC zip -q -X ../$(WORDPRESS) -@
	@echo $(WORDPRESS)

# --- installing -------------------------------------------------------------------------------

install-voice: voice
	install -D -m 755 $(VOICE) $(DESTDIR)$(PREFIX)/bin/sportello-voice

install: all
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/sportello
	install -D -m 644 install/sportello.1 $(DESTDIR)$(PREFIX)/share/man/man1/sportello.1
	for table in $(SHARE)/*.tab $(SHARE)/*.txt; do [ ! -e "$$table" ] || \
	    install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/sportello "$$table" || exit 1; done
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system
	sed 's|@PREFIX@|$(PREFIX)|g' install/sportello.service.in > $(DESTDIR)$(PREFIX)/lib/systemd/system/sportello.service
	chmod 644 $(DESTDIR)$(PREFIX)/lib/systemd/system/sportello.service

clean:
	rm -rf build node_modules

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
