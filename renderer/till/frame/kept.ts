import type { z } from 'zod';

/** What a window kept as JSON. What an older one kept may have another shape: it is as if there were nothing. */
export function readKept<Kept>(text: string | null, shape: z.ZodType<Kept>): Kept | undefined {
  if (text === null) return undefined;
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
