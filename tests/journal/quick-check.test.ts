/** The quick check of a body must never accept what its schema refuses, nor what its schema would write otherwise. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { quickCheck } from '../../shared/journal/quick-check.ts';

/** A schema of the constructs that the journal's kinds are made of, with values that are near to it. */
interface Sample {
  readonly schema: z.ZodType;
  readonly value: fc.Arbitrary<unknown>;
}

const stray = fc.constantFrom<unknown>(null, undefined, '', 'a', 'zz', -1, 0, 1, 1.5, 2 ** 53, true, [], {}, ['a'], {
  a: 1,
});
const near = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 12, arbitrary: value }, { weight: 1, arbitrary: stray });

const leaf: fc.Arbitrary<Sample> = fc.constantFrom(
  { schema: z.string().min(1).max(3), value: near(fc.string({ maxLength: 4 })) },
  { schema: z.string().regex(/^[a-z]+$/), value: near(fc.constantFrom('a', 'abc', 'A', 'a\n')) },
  { schema: z.string().refine((text) => text !== 'no'), value: near(fc.constantFrom('no', 'yes')) },
  { schema: z.int().min(-2).max(5), value: near(fc.integer({ min: -3, max: 6 })) },
  { schema: z.int(), value: near(fc.oneof(fc.maxSafeInteger(), fc.double())) },
  { schema: z.boolean(), value: near(fc.boolean()) },
  { schema: z.enum(['cash', 'card']), value: near(fc.constantFrom('cash', 'card', 'toString', 'Cash')) },
  { schema: z.custom((value) => Array.isArray(value)), value: near(fc.array(fc.integer(), { maxLength: 2 })) },
);

const { sample } = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    leaf,
    leaf,
    tie('sample').map(({ schema, value }) => ({
      schema: schema.nullable(),
      value: fc.oneof(value, fc.constant(null)),
    })),
    tie('sample').map(({ schema, value }) => ({
      schema: z.array(schema).min(1).max(3),
      value: near(fc.array(value, { maxLength: 4 })),
    })),
    fc
      .tuple(
        fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), tie('sample'), fc.boolean()), {
          selector: ([name]) => name,
          maxLength: 4,
        }),
        fc.boolean(),
      )
      .map(([fields, isStrict]) => objectOf(fields, isStrict)),
  ),
}));

function objectOf(fields: readonly (readonly [string, Sample, boolean])[], isStrict: boolean): Sample {
  const shape = Object.fromEntries(
    fields.map(([name, { schema }, isOptional]) => [name, isOptional ? schema.optional() : schema]),
  );
  const value = fc
    .tuple(
      fc.record(Object.fromEntries(fields.map(([name, { value: inner }]) => [name, inner]))),
      // Most often as the schema orders them and all of them; sometimes shuffled, too few or too many.
      fc.oneof(
        { weight: 8, arbitrary: fc.constant(fields.map(([name]) => name)) },
        { weight: 2, arbitrary: fc.shuffledSubarray([...fields.map(([name]) => name), 'e']) },
      ),
    )
    .map(([all, names]) => Object.fromEntries(names.map((name) => [name, all[name] ?? 1])));
  return { schema: isStrict ? z.strictObject(shape) : z.looseObject(shape), value: near(value) };
}

const pairs = sample.chain(({ schema, value }) => value.map((one) => ({ schema, value: one })));

describe('the quick check', () => {
  test('accepts only what the schema accepts and gives back as it was', () => {
    let accepted = 0;
    let left = 0;
    fc.assert(
      fc.property(pairs, ({ schema, value }) => {
        const isSound = quickCheck(schema);
        expect(isSound).toBeDefined();
        const parsed = schema.safeParse(value);
        const isSame = parsed.success && JSON.stringify(parsed.data) === JSON.stringify(value);
        if (isSound?.(value) === true) {
          expect(isSame).toBe(true);
          accepted += 1;
        } else {
          left += 1;
        }
      }),
      { numRuns: 5000 },
    );
    // Both ways were walked.
    expect(accepted).toBeGreaterThan(500);
    expect(left).toBeGreaterThan(500);
  });

  test('accepts what is right, so that it is quick at all', () => {
    const isSound = quickCheck(z.strictObject({ a: z.int().min(1), b: z.array(z.string().max(2)).optional() }));
    expect(isSound?.({ a: 1, b: ['x'] })).toBe(true);
    expect(isSound?.({ a: 1 })).toBe(true);
    expect(isSound?.({ b: [], a: 1 })).toBe(false);
    expect(isSound?.({ a: 1, b: [], c: 1 })).toBe(false);
    expect(isSound?.({ a: 0 })).toBe(false);
  });

  test('leaves alone what it does not understand', () => {
    const strange = [
      z.string().email(),
      z.email(),
      z.string().trim(),
      z.string().transform(Number),
      z.number(),
      z.int().multipleOf(5),
      z.union([z.string(), z.int()]),
      z.string().default('x'),
      z.strictObject({ a: z.string().regex(/a/g) }),
      z.string().superRefine((text, context) => context.addIssue(text)),
    ];
    for (const schema of strange) expect(quickCheck(schema)).toBeUndefined();
  });
});
