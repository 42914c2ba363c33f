/**
 * How a kind of entry is declared: one shape, from which come a strict schema for the writer and a loose one for the
 * reader, so that a till one version behind keeps what it does not know.
 */
import { z } from 'zod';
import { type Json, FormatError } from './canonical.ts';
import { quickCheck } from './quick-check.ts';

/** Makes an object schema: strict when the writer's schema is built, loose when the reader's is. */
export type ObjectSchema = <Shape extends z.ZodRawShape>(shape: Shape) => z.ZodObject<Shape, z.core.$strict>;

/**
 * One of some codes when written; when read, any code of that form: a later version may have more of them (another tender,
 * another source of a price) without making older readers call its entries bad.
 */
export type CodeSchema = <const Codes extends readonly [string, ...string[]]>(codes: Codes) => z.ZodType<Codes[number]>;

const anyCode = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/);

/** A kind of entry at one version of its body. */
export interface Kind<Name extends string = string, Body = unknown> {
  readonly kind: Name;
  readonly version: number;
  /** The body as it is written. Throws {@link FormatError} for a field too many, too few or out of range. */
  write(body: Body): Body;
  /** The body as it is read; unknown fields are kept. Throws {@link FormatError}. */
  read(body: Json): Body;
}

/** Declares a kind. The body's shape is built twice: `object` stands for strict, then for loose objects. */
export function defineKind<Name extends string, Schema extends z.ZodType>(
  kind: Name,
  version: number,
  build: (object: ObjectSchema, oneOf: CodeSchema) => Schema,
): Kind<Name, z.output<Schema>> {
  const strict = build(z.strictObject, (codes) => z.enum(codes));
  // A loose object accepts all that the strict one does; its type differs only in naming unknown fields.
  const loose = build(
    z.looseObject,
    // Whoever reads a code must expect one that this version has no name for; the types speak of those it has.
    <const Codes extends readonly [string, ...string[]]>() => anyCode as z.ZodType as z.ZodType<Codes[number]>,
  );
  const parserOf = (schema: Schema) => {
    const isSound = quickCheck(schema) ?? (() => false);
    // What the quick check accepts is what parsing would give back.
    return (body: unknown) => (isSound(body) ? (body as z.output<Schema>) : parse(schema, body));
  };
  const parse = (schema: Schema, body: unknown): z.output<Schema> => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw new FormatError('body_refused', `${kind}/body/${(issue?.path ?? []).join('/')}: ${issue?.message ?? ''}`);
  };
  return {
    kind,
    version,
    write: parserOf(strict),
    read: parserOf(loose),
  };
}

/** The body type of a kind. */
export type BodyOf<K> = K extends Kind<string, infer Body> ? Body : never;
