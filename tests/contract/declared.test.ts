/** What an operation says of itself that it may fail with is what it fails with. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTillFile } from '../../electron/till/db/open.ts';
import { createDispatch } from '../../electron/till/dispatch.ts';
import { fail } from '../../electron/till/failure.ts';
import type { TillHandlers } from '../../electron/till/handler.ts';
import { openInstallation } from '../../electron/till/journal/installation.ts';
import { tillMigrations } from '../../migrations/till/list.ts';
import { isDeclared, listOperations } from '../../shared/contract/define.ts';
import { commonCodes, type ErrorCode, errorCodes } from '../../shared/contract/errors.ts';
import { headOfficeContract } from '../../shared/contract/headoffice.ts';
import { tillContract } from '../../shared/contract/till.ts';
import { memoryMark } from '../support/memory-mark.ts';
import { refuseUndeclared } from '../support/strict-log.ts';
import { logTo } from '../../shared/log.ts';

const operations = [...listOperations(tillContract), ...listOperations(headOfficeContract)];

test('every code is one that any operation may end with, or is declared by one', () => {
  const declared = new Set<ErrorCode>(operations.flatMap(({ operation }) => [...operation.errors]));
  const known = new Set<ErrorCode>([...commonCodes, ...declared]);
  expect(errorCodes.filter((code) => !known.has(code))).toEqual([]);
});

test('no operation declares a code twice', () => {
  for (const { name, operation } of operations)
    expect({ name, errors: operation.errors }).toEqual({ name, errors: [...new Set(operation.errors)] });
});

/** A till with nothing but one handler, which fails as it is told; and what it logs. */
async function askFailing(code: ErrorCode) {
  const folder = mkdtempSync(join(tmpdir(), 'evertill-declared-'));
  const file = openTillFile(join(folder, 'till.db'), { create: true, migrations: tillMigrations });
  const logged: string[] = [];
  const ports = {
    clock: { now: () => Date.UTC(2026, 10, 21) },
    random: { bytes: (length: number) => new Uint8Array(length) },
    secrets: { wrap: (plain: Uint8Array) => plain, unwrap: (wrapped: Uint8Array) => wrapped },
    log: logTo((level, event) => {
      if (level === 'warn' || level === 'error') logged.push(event);
    }),
    mark: memoryMark(),
    bcryptCost: 4,
  };
  // The one operation that is asked; it is answered to anybody.
  const handlers = { session: { choices: () => fail(code) } } as unknown as TillHandlers;
  const dispatch = createDispatch(file, ports, handlers, openInstallation(file, ports), () => {});
  try {
    return { answer: await dispatch({ operation: 'session.choices', input: {} }), logged };
  } finally {
    file.close();
    rmSync(folder, { recursive: true });
  }
}

test('a failure that is not declared is answered in a shop, is a line in its log, and ends a test', async () => {
  const failed = await askFailing('line.not_found');
  expect(failed.answer).toEqual({ ok: false, error: { code: 'line.not_found', data: {} } });
  expect(failed.logged).toEqual(['failure.undeclared']);
  expect(() => refuseUndeclared('failure.undeclared', { operation: 'a.b', outcome: 'line.not_found' })).toThrow(
    'a.b failed with line.not_found, which it does not declare',
  );
  const common = await askFailing('input.malformed');
  expect(common.logged).toEqual([]);
  expect(isDeclared(tillContract, 'basket.void', 'basket.has_tenders')).toBe(true);
  expect(isDeclared(tillContract, 'basket.void', 'line.not_found')).toBe(false);
  expect(isDeclared(headOfficeContract, 'catalogue.record_tax', 'tax.code_taken')).toBe(true);
});
