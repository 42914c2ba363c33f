import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The test files that take longest, the longest first. Where one of these began last, the others would be done long before
 * it, and all but one of the cores would wait.
 */
export const longestFiles: readonly string[] = [
  'tests/simulate/simulate.test.ts',
  'tests/headoffice/screens.test.ts',
  'tests/electron/shell.test.ts',
  'tests/e2e/selling.test.ts',
  'tests/e2e/opening.test.ts',
  'tests/e2e/head-office.test.ts',
  'tests/e2e/large.test.ts',
  'tests/e2e/drawer.test.ts',
  'tests/e2e/room.test.ts',
  'tests/e2e/goods.test.ts',
  'tests/e2e/every-screen.test.ts',
  'tests/simulate/on-postgres.test.ts',
  'tests/wire/wire.test.ts',
  'tests/demo/demo.test.ts',
  'tests/torture/torture.test.ts',
  'tests/contract/every-operation.test.ts',
  'tests/gallery/gallery.test.ts',
  'tests/lifecycle/history.test.ts',
];

/** Begins with the longest files; those that are not named come after them as vitest orders them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- vitest's own, which gives a new list
    const others = await super.sort(files);
    const named = longestFiles.flatMap((name) => others.filter(({ moduleId }) => moduleId.endsWith(`/${name}`)));
    return [...named, ...others.filter((file) => !named.includes(file))];
  }
}
