/** What stands in the collection's own README: for support, so in English. */
export const readme = `What this file holds
====================

Collected by Evertill's head office for whoever helps. Open it and look: all of it is text.

In it:
  versions.json   versions of the program, its runtime, the system and PostgreSQL; the migrations that were applied
  tills.json      each till by code and UUID, with both heads, epoch, version, clock, and when it was heard
  feeds.json      how far the feeds have come
  aside.json      what was put aside: how much of which code, and the latest of it; closings that differ
  tables.json     of each table its size and about how many rows it has, as PostgreSQL estimates them
  checks.json     whether the newest entries of each till are still what was recorded
  sales.json      with a receipt number: the entries of its sales
  logs/           what happened at which operation, faults with their incident numbers, where a log file is set

Left out, everywhere:
  names, sign-in names and addresses of people, stores and tills, and private payloads; passwords, tokens and codes;
  where the database is; the addresses that requests came from; what anybody typed as a reason or a note.
People are named by their UUIDs alone.
`;
