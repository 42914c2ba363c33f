/** The baseline of `startup`: opens a till's file by SQLite alone and writes the rows of one sale, as long as its last one. */
import Database from 'better-sqlite3';

const db = new Database(process.argv[2]);
db.pragma('journal_mode = wal');
db.pragma('synchronous = FULL');
db.pragma('recursive_triggers = ON');
db.prepare('SELECT count(*) FROM sqlite_schema').get();
// better-sqlite3's build falls back to NORMAL after the first statement: said again, and looked at.
db.pragma('synchronous = FULL');
if (db.pragma('synchronous', { simple: true }) !== 2) throw new Error('the baseline is not durable');

const last = db.prepare('SELECT max(seq) AS seq FROM sales').get() as { readonly seq: number };
const next = db.prepare('SELECT max(seq) + 1 AS seq FROM journal').get() as { readonly seq: number };
const both = { last: last.seq, next: next.seq };
db.exec('BEGIN IMMEDIATE');
for (const sql of [
  `INSERT INTO journal SELECT CAST(@next AS INTEGER), hash, epoch, kind, version, randomblob(16), n, at, business_date, bytes
     FROM journal WHERE seq = @last`,
  `INSERT INTO sales SELECT CAST(@next AS INTEGER), randomblob(16), kind, shift_key, receipt_till, receipt_series,
     receipt_number + 1, at, business_date, currency, actor, lines, total_minor, tax_minor, of_sale
     FROM sales WHERE seq = @last`,
  `INSERT INTO sale_lines SELECT CAST(@next AS INTEGER), n, product_key, quantity_milli, total_minor, net_minor, moves_stock,
     of_line FROM sale_lines WHERE seq = @last`,
  `INSERT INTO tenders SELECT CAST(@next AS INTEGER), n, kind, amount_minor, handed_minor, foreign_currency, foreign_minor,
     foreign_rate_millionths FROM tenders WHERE seq = @last`,
  `UPDATE stock_levels SET own_milli = own_milli - 1000, sold_milli = sold_milli + 1000
     WHERE product_key IN (SELECT product_key FROM sale_lines WHERE seq = @last) AND @next > 0`,
  `UPDATE shift_tenders SET count = count + 1 WHERE kind = 'cash' AND @next > @last`,
  `UPDATE shifts SET sales_count = sales_count + 1 WHERE closed_seq IS NULL AND @next > @last`,
  `UPDATE till_identity SET last_receipt = last_receipt + 1 WHERE @next > @last`,
])
  db.prepare(sql).run(both);
db.exec('COMMIT');
console.log(both.next);
db.close();
