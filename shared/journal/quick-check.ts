/**
 * Says quickly that a value is what a schema asks for. Parsing copies every object of a sale and costs as much as all its
 * rows; nearly always there is nothing to find. Whatever is not surely right is left to the schema itself, which knows
 * how to say what is wrong.
 */
import type { z } from 'zod';

type Accepts = (value: unknown) => boolean;

/**
 * A test for `schema`: true only if parsing the value would succeed and give back the very same JSON, field order included.
 * Undefined for a schema with something in it that is not understood here.
 */
export function quickCheck(schema: z.core.$ZodType): Accepts | undefined {
  // Every schema of zod's classic and mini builds is one of these; anything newer ends in the default below.
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const inner = acceptsType(def);
  if (inner === undefined) return undefined;
  const rules: Accepts[] = [];
  for (const check of def.checks ?? []) {
    const rule = acceptsRule(check._zod.def as Rule);
    if (rule === undefined) return undefined;
    rules.push(rule);
  }
  const [first, ...more] = rules;
  if (first === undefined) return inner;
  if (more.length === 0) return (value) => inner(value) && first(value);
  return (value) => inner(value) && rules.every((rule) => rule(value));
}

function acceptsType(def: z.core.$ZodTypes['_zod']['def']): Accepts | undefined {
  switch (def.type) {
    case 'string':
      return isFormatted(def) ? undefined : (value) => typeof value === 'string';
    case 'number':
      return 'format' in def && def.format === 'safeint' ? Number.isSafeInteger : undefined;
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'enum': {
      const values = new Set<unknown>(Object.values(def.entries));
      return (value) => values.has(value);
    }
    case 'nullable': {
      const inner = quickCheck(def.innerType);
      return inner && ((value) => value === null || inner(value));
    }
    case 'optional': {
      const inner = quickCheck(def.innerType);
      return inner && ((value) => value === undefined || inner(value));
    }
    case 'array': {
      const element = quickCheck(def.element);
      return element && ((value) => Array.isArray(value) && value.every(element));
    }
    case 'object':
      return acceptsFields(def.shape);
    case 'custom':
      return 'fn' in def && typeof def.fn === 'function' ? asPredicate(def.fn) : undefined;
    default:
      return undefined;
  }
}

/** A field more is for the schema to judge: it may be refused, kept or left out. */
function acceptsFields(shape: Readonly<Record<string, z.core.$ZodType>>): Accepts | undefined {
  const names = Object.keys(shape);
  const tests: Accepts[] = [];
  const isOptional: boolean[] = [];
  for (const field of Object.values(shape)) {
    const test = quickCheck(field);
    if (test === undefined) return undefined;
    tests.push(test);
    isOptional.push((field as z.core.$ZodTypes)._zod.def.type === 'optional');
  }
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    // An object's own fields, whatever they are: each is tested by the schema of its name.
    const fields = value as Readonly<Record<string, unknown>>;
    let at = 0;
    for (const name of Object.keys(fields)) {
      while (names[at] !== name) {
        if (isOptional[at] !== true) return false;
        at += 1;
      }
      if (tests[at]?.(fields[name]) !== true) return false;
      at += 1;
    }
    while (isOptional[at] === true) at += 1;
    return at === names.length;
  };
}

/** `refine` is a check as well, though zod's list of them leaves it out. */
type Rule = z.core.$ZodChecks['_zod']['def'] | { readonly check: 'custom'; readonly fn?: unknown };

function acceptsRule(def: Rule): Accepts | undefined {
  switch (def.check) {
    case 'min_length':
      return (value) => lengthOf(value) >= def.minimum;
    case 'max_length':
      return (value) => lengthOf(value) <= def.maximum;
    case 'greater_than':
      return def.inclusive ? (value) => Number(value) >= Number(def.value) : undefined;
    case 'less_than':
      return def.inclusive ? (value) => Number(value) <= Number(def.value) : undefined;
    case 'string_format': {
      const { pattern } = def;
      if (def.format !== 'regex' || pattern === undefined || pattern.global || pattern.sticky) return undefined;
      return (value) => pattern.test(String(value));
    }
    case 'custom':
      return typeof def.fn === 'function' ? asPredicate(def.fn) : undefined;
    default:
      return undefined;
  }
}

/** What `refine` and `custom` were given: zod calls it with the value and goes by whether the answer is true-ish. */
function asPredicate(fn: unknown): Accepts {
  const predicate = fn as (value: unknown) => unknown;
  return (value) => Boolean(predicate(value));
}

/** Some strings are a format of their own (`z.email()`), which only zod knows. */
function isFormatted(def: object): boolean {
  return 'format' in def;
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : Number.NaN;
}
