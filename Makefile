# What is run on this tree. Each target works from a fresh clone with git, make
# and Go; the scripts are in .ci.

# Go keeps its caches under HOME.
ifeq ($(strip $(HOME)),)
export HOME := $(CURDIR)/.cache
endif

.PHONY: build
build: ## ./certctl, as it is released
	CGO_ENABLED=0 go build -trimpath -o certctl ./cmd/certctl

.PHONY: test
test: ## all that has to hold; installs what it needs on Debian
	.ci/test

.PHONY: mutants
mutants: ## breaks the code on purpose: the tests have to notice
	.ci/mutants

.PHONY: bench
bench: ## the figures that are promised, beside what they are measured by
	.ci/bench

.PHONY: fuzz
fuzz: ## each fuzz test for ten seconds
	.ci/fuzz

.PHONY: gen
gen: ## completions/ and man/, from the command tree
	go run ./cmd/gen

.PHONY: pictures
pictures: ## docs/*.svg, from what people see on their terminals
	go run ./testdata/pictures

.PHONY: release-check
release-check: ## a release of the last commit, built twice, installed and tried
	.ci/release-check

.PHONY: help
help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
