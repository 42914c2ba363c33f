/**
 * Randomness by name: what is drawn under a key depends on the seed and the key alone, never on what was drawn before. So
 * one fault can be left out of a run without any other becoming a different one.
 */
import type { Random } from '../../electron/till/ports.ts';

/** Two 32-bit words of a text and a seed, every bit of which depends on every character (cyrb53, by bryc). */
function mix(text: string, seed: number): readonly [number, number] {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return [a >>> 0, b >>> 0];
}

export class Draws {
  readonly seed: number;

  constructor(seed: number) {
    this.seed = seed;
  }

  /** From 0 up to 1. */
  at(key: string): number {
    const [high, low] = mix(key, this.seed);
    return ((high & 0x1fffff) * 2 ** 32 + low) / 2 ** 53;
  }

  chance(key: string, probability: number): boolean {
    return probability > 0 && this.at(key) < probability;
  }

  /** A whole number, both ends included. */
  int(key: string, least: number, most: number): number {
    return least + Math.floor(this.at(key) * (most - least + 1));
  }

  /** Between two positive numbers, as often within each power of ten. */
  spread(key: string, least: number, most: number): number {
    return least * (most / least) ** this.at(key);
  }

  /** One of a list that is not empty. */
  pick<Item>(key: string, list: readonly Item[]): Item {
    const item = list[this.int(key, 0, list.length - 1)];
    if (item === undefined) throw new Error(`nothing to pick for ${key}`);
    return item;
  }

  /** A source of bytes of its own: one after another, the same at every run. */
  bytes(key: string): Random {
    let [a, b] = mix(key, this.seed);
    let [c, d] = mix(`${key}/more`, this.seed);
    // sfc32, by Chris Doty-Humphrey.
    const next = () => {
      const sum = (((a + b) | 0) + d) | 0;
      d = (d + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (c << 21) | (c >>> 11);
      c = (c + sum) | 0;
      return sum >>> 0;
    };
    return { bytes: (length) => Uint8Array.from({ length }, () => next() & 0xff) };
  }
}
