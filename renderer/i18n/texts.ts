type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

type PluralBase<Source> =
  Extract<keyof Source, string> extends infer Key ? (Key extends `${infer Base}_other` ? Base : never) : never;

/**
 * The shape that a translation must have: every key of the English source, and nothing else but the further plural
 * forms that the language needs (Arabic has six, English two).
 */
export type TextsOf<Source> = {
  readonly [Key in keyof Source]: Source[Key] extends string ? string : TextsOf<Source[Key]>;
} & {
  readonly [Key in `${PluralBase<Source>}_${PluralForm}`]?: string;
};
