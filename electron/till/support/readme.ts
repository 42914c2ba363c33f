/** What stands in the collection's own README: for support, so in English. */
export const readme = `What this file holds
====================

Collected by Evertill for whoever helps. Open it and look: all of it is text.

In it:
  versions.json   versions of the program, its runtime, the system and SQLite; the file's size and settings
  till.json       which till this is (by code and UUID), its epoch and series, its head, what this PC remembers of it,
                  what the head office has confirmed, and where it stands in the feeds
  sync.json       how the sync stands, what waits (by kind and count), what the head office put aside
  settings.json   currency, zone, language, tax and rounding of the store
  tables.json     rows of each table, and SQLite's quick check of each that is not long (null: not checked)
  journal.json    whether the newest entries are still what was recorded
  sale.json       with a receipt number: the entry of its sale
  logs/           what happened at which operation, faults with their incident numbers

Left out, everywhere:
  names, sign-in names and addresses of staff and customers, and private payloads; PINs, passwords and their hashes;
  keys, tokens and enrolment codes; the store's name, address, tax number and receipt texts; where the head office is;
  what anybody typed as a reason or a note; the name of the user of this PC.
People are named by their UUIDs alone, which only the shop can resolve.
`;
