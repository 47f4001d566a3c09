# aisgap. `make help` lists the targets.
# Variables: PREFIX DESTDIR CC CFLAGS LDFLAGS BUILD WERROR

PREFIX  ?= /usr/local
CFLAGS  ?= -O3 -g
BUILD   ?= build
VERSION := $(shell sed -n 's/^.define AISGAP_VERSION "\(.*\)"/\1/p' include/aisgap/version.h)
SOVERSION := 0

WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
STANDARD := -std=c11 -D_GNU_SOURCE
INCLUDES := -Isrc -Iinclude -I$(BUILD)
COMPILE   = $(CC) $(STANDARD) $(WARNINGS) $(if $(WERROR),-Werror) $(INCLUDES) $(CPPFLAGS) $(CFLAGS) $(SANITIZE) -pthread -MMD -MP
LIBS     := -lcsv -lcjson -larchive -lz -lcurl -lgeos_c -lproj -lmd -lm

# the order of the layers: a directory includes only those above it
LAYERS   := base net text geo ais input track judge report state run cli
LIB_DIRS := $(filter-out cli,$(LAYERS))
LIB_SRC  := $(sort $(wildcard $(LIB_DIRS:%=src/%/*.c)))
CLI_SRC  := $(sort $(wildcard src/cli/*.c))
LIB_OBJ  := $(LIB_SRC:src/%.c=$(BUILD)/obj/%.o)
PIC_OBJ  := $(LIB_SRC:src/%.c=$(BUILD)/pic/%.o)
CLI_OBJ  := $(CLI_SRC:src/%.c=$(BUILD)/obj/%.o)

UNITS    := $(notdir $(sort $(wildcard src/systemd/*.service src/systemd/*.timer)))

# the files of data/ that are compiled in
DATA     := $(sort $(wildcard data/areas/*.geojson data/coast/*.geojson data/profiles/*.json) data/mid.csv data/ports.csv)

SIM_SRC  := $(sort $(wildcard tests/sim/*.c))
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c tests/law/test_*.c tests/fault/test_*.c))
UNIT     := $(UNIT_SRC:tests/%.c=$(BUILD)/tests/%)
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ     := $(FUZZ_SRC:tests/%.c=$(BUILD)/tests/%)
SCRIPTS  := $(sort $(wildcard tests/golden/*.sh tests/fault/*.sh tests/law/*.sh))
FUZZ_SECONDS ?= 60

BUILD_PACKAGES := libcsv-dev libcjson-dev libarchive-dev zlib1g-dev libcurl4-openssl-dev libgeos-dev libproj-dev libmd-dev
TEST_PACKAGES  := $(BUILD_PACKAGES) libcmocka-dev python3 tzdata gpsd-clients zstd xz-utils bzip2 lz4 zip openssl
CHECK_PACKAGES := $(TEST_PACKAGES) clang clang-format clang-tidy cppcheck valgrind libclang-rt-14-dev mandoc pkg-config universal-ctags
BENCH_PACKAGES := $(BUILD_PACKAGES) python3-venv python3-dev g++ time gpsd-clients zstd jq

.PHONY: all demo test unit check-san check-tsan check-valgrind fuzz bench verdicts layers fmt fmt-check lint install uninstall clean dist help deps-build deps-test deps-check deps-bench golden-update
.DELETE_ON_ERROR:

all: $(BUILD)/aisgap $(BUILD)/libaisgap.a $(BUILD)/libaisgap.so.$(VERSION) $(BUILD)/libaisgap.pc ## build the program and the library

demo: deps-build ## install what is missing, build, show the gaps of the sample
	@$(MAKE) --no-print-directory $(BUILD)/aisgap
	@echo
	@echo '$$ $(BUILD)/aisgap -f table data/samples/simulated-noaa.csv      # simulated traffic, no real ship'
	@$(BUILD)/aisgap -f table data/samples/simulated-noaa.csv

test: deps-test ## install what is missing, build, run all tests
	@$(MAKE) --no-print-directory all $(UNIT) $(BUILD)/aissim $(BUILD)/tests/golden/aivdm_fields
	@BUILD=$(BUILD) tests/run.sh $(UNIT) $(SCRIPTS)

unit: $(UNIT) ## run the unit and law tests alone
	@BUILD=$(BUILD) tests/run.sh $(UNIT)

check-san: ## all tests under AddressSanitizer and UBSan
	@$(MAKE) --no-print-directory test BUILD=$(BUILD)/san CFLAGS='-O1 -g -fno-omit-frame-pointer' SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all'

check-tsan: ## a whole run with 8 threads under ThreadSanitizer
	@$(MAKE) --no-print-directory $(BUILD)/tsan/aisgap $(BUILD)/tsan/aissim BUILD=$(BUILD)/tsan CFLAGS='-O1 -g' SANITIZE='-fsanitize=thread'
	@BUILD=$(BUILD)/tsan tests/fault/threads.sh

check-valgrind: $(BUILD)/aisgap ## broken and whole inputs under valgrind
	@BUILD=$(BUILD) VALGRIND=1 tests/run.sh tests/golden/broken.sh

fuzz: ## run every fuzz target for FUZZ_SECONDS (libFuzzer, clang)
	@$(MAKE) --no-print-directory fuzz-build CC=clang BUILD=$(BUILD)/fuzz CFLAGS='-O1 -g' SANITIZE='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all'
	@BUILD=$(BUILD)/fuzz FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run.sh

bench: deps-bench ## speed and memory beside other tools, in one run
	@$(MAKE) --no-print-directory $(BUILD)/aisgap $(BUILD)/aissim $(BUILD)/tests/bench_libcsv $(BUILD)/tests/bench_state
	@BUILD=$(BUILD) tests/bench/run.sh
	@BUILD=$(BUILD) tests/bench/formats.sh
	@BUILD=$(BUILD) tests/bench/state.sh

verdicts: $(BUILD)/aisgap $(BUILD)/aissim ## how right verdicts are on simulated traffic: the README's tables
	@BUILD=$(BUILD) tests/bench/verdicts.sh

layers: ## check that each directory includes only those above it
	@tests/layers.sh "$(LAYERS)"

fmt: ## lay the code out anew
	clang-format -i $$(git ls-files '*.c' '*.h')

fmt-check:
	clang-format --dry-run --Werror $$(git ls-files '*.c' '*.h')

lint: $(BUILD)/embed_files.h ## clang-tidy, cppcheck, functions that must not be used
	@tests/lint.sh "$(STANDARD) $(INCLUDES)" $(LIB_SRC) $(CLI_SRC)

golden-update: $(BUILD)/aisgap ## write the expectations of the golden tests anew, to be read as a diff
	@BUILD=$(BUILD) UPDATE=1 tests/run.sh $(wildcard tests/golden/*.sh)

install: all ## install below DESTDIR/PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/lib/systemd/system $(DESTDIR)$(PREFIX)/include/aisgap $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/doc/aisgap
	install -m 755 $(BUILD)/aisgap $(DESTDIR)$(PREFIX)/bin/aisgap
	install -m 644 $(BUILD)/libaisgap.a $(DESTDIR)$(PREFIX)/lib/libaisgap.a
	install -m 755 $(BUILD)/libaisgap.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/libaisgap.so.$(VERSION)
	ln -sf libaisgap.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/libaisgap.so.$(SOVERSION)
	ln -sf libaisgap.so.$(SOVERSION) $(DESTDIR)$(PREFIX)/lib/libaisgap.so
	install -m 644 $(BUILD)/libaisgap.pc $(DESTDIR)$(PREFIX)/lib/pkgconfig/libaisgap.pc
	install -m 644 include/aisgap/*.h $(DESTDIR)$(PREFIX)/include/aisgap
	for unit in $(UNITS); do sed 's|/usr/local|$(PREFIX)|g' src/systemd/$$unit > $(DESTDIR)$(PREFIX)/lib/systemd/system/$$unit && chmod 644 $(DESTDIR)$(PREFIX)/lib/systemd/system/$$unit || exit 1; done
	install -m 644 src/man/aisgap.1 $(DESTDIR)$(PREFIX)/share/man/man1/aisgap.1
	install -m 644 src/completion/aisgap.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/aisgap
	install -m 644 LICENSE data/NOTICE data/schema/gap.schema.json $(DESTDIR)$(PREFIX)/share/doc/aisgap

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/aisgap $(DESTDIR)$(PREFIX)/lib/libaisgap.a $(DESTDIR)$(PREFIX)/lib/libaisgap.so $(DESTDIR)$(PREFIX)/lib/libaisgap.so.$(SOVERSION) $(DESTDIR)$(PREFIX)/lib/libaisgap.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/pkgconfig/libaisgap.pc $(DESTDIR)$(PREFIX)/share/man/man1/aisgap.1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions/aisgap
	rm -f $(UNITS:%=$(DESTDIR)$(PREFIX)/lib/systemd/system/%)
	rm -rf $(DESTDIR)$(PREFIX)/include/aisgap $(DESTDIR)$(PREFIX)/share/doc/aisgap

clean: ## remove everything built
	rm -rf $(BUILD)

dist: ## a source archive of what is committed
	@mkdir -p $(BUILD)
	git archive --format=tar.gz --prefix=aisgap-$(VERSION)/ -o $(BUILD)/aisgap-$(VERSION).tar.gz HEAD

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

deps-build deps-test deps-check deps-bench: deps-%:
	@tests/packages.sh $($(if $(filter build,$*),BUILD,$(if $(filter test,$*),TEST,$(if $(filter check,$*),CHECK,BENCH)))_PACKAGES)

$(BUILD)/aisgap: $(CLI_OBJ) $(BUILD)/libaisgap.a
	$(CC) $(CFLAGS) $(SANITIZE) -pthread $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/libaisgap.a: $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/libaisgap.so.$(VERSION): $(PIC_OBJ)
	$(CC) $(CFLAGS) $(SANITIZE) -pthread $(LDFLAGS) -shared -Wl,-soname,libaisgap.so.$(SOVERSION) -o $@ $^ $(LIBS)

# written anew each time: PREFIX may have changed
$(BUILD)/libaisgap.pc: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' 'prefix=$(PREFIX)' 'Name: libaisgap' 'Description: gaps in AIS reports' 'Version: $(VERSION)' 'Cflags: -I$${prefix}/include' 'Libs: -L$${prefix}/lib -laisgap' 'Libs.private: $(LIBS) -pthread' > $@

# one line per data file; the file itself is taken in by the assembler
$(BUILD)/embed_files.h: $(DATA) Makefile
	@mkdir -p $(@D)
	@i=0; for f in $(DATA:data/%=%); do echo "EMBED(embedded_$$i, \"$$f\")"; i=$$((i+1)); done > $@

$(BUILD)/obj/base/embed.o $(BUILD)/pic/base/embed.o: $(BUILD)/embed_files.h $(DATA)

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

$(BUILD)/pic/%.o: src/%.c
	@mkdir -p $(@D)
	$(COMPILE) -fPIC -fvisibility=hidden -c -o $@ $<

$(BUILD)/aissim: $(SIM_SRC) $(wildcard tests/sim/*.h)
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE $(WARNINGS) $(if $(WERROR),-Werror) $(CFLAGS) $(SANITIZE) -pthread -o $@ $(SIM_SRC) -lm

$(BUILD)/tests/%: tests/%.c $(BUILD)/libaisgap.a
	@mkdir -p $(@D)
	$(COMPILE) -MF $@.d -Itests -o $@ $< $(BUILD)/libaisgap.a $(LDFLAGS) -lcmocka $(LIBS)

$(BUILD)/tests/golden/%: tests/golden/%.c $(BUILD)/libaisgap.a
	@mkdir -p $(@D)
	$(COMPILE) -MF $@.d -o $@ $< $(BUILD)/libaisgap.a $(LDFLAGS) $(LIBS)

$(BUILD)/tests/bench_libcsv: tests/bench/libcsv.c
	@mkdir -p $(@D)
	$(CC) $(STANDARD) $(WARNINGS) $(CFLAGS) -o $@ $< -lcsv

$(BUILD)/tests/bench_%: tests/bench/%.c $(BUILD)/libaisgap.a
	@mkdir -p $(@D)
	$(COMPILE) -MF $@.d -Itests -o $@ $< $(BUILD)/libaisgap.a $(LDFLAGS) $(LIBS)

$(BUILD)/tests/fuzz/%: tests/fuzz/%.c $(BUILD)/libaisgap.a
	@mkdir -p $(@D)
	$(COMPILE) -MF $@.d -Itests -fsanitize=fuzzer -o $@ $< $(BUILD)/libaisgap.a $(LDFLAGS) $(LIBS)

.PHONY: fuzz-build FORCE
fuzz-build: $(FUZZ)

-include $(LIB_OBJ:.o=.d) $(PIC_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(UNIT:=.d) $(FUZZ:=.d)
