# make run    install what is missing, build, and open Keepsong
# make test   install what the tests need and run all of them
# make bench  measure, and write BENCHMARKS.md's numbers to the terminal
.PHONY: run test bench contracts ui

run:
	@bash scripts/run.sh

test:
	@bash scripts/test.sh

bench: contracts
	cargo bench --workspace --bench '*'

# The compiled contracts that `market` embeds, and the screens that the window embeds.
contracts:
	@bash scripts/setup.sh contracts

ui:
	@bash scripts/setup.sh ui
