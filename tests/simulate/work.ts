/** What people do in a world beside selling, each world as often as it has drawn; and how often it was done. */
import type { Draws } from './draws.ts';

/** Every kind of work there is, and every way in which it can end that is worth counting. The names are the report's. */
export const workNames = [
  'product_edited',
  'product_made',
  'office_edited',
  'edits_forbidden',
  'edit_accepted',
  'edit_stale',
  'edit_clash',
  'edit_not_allowed',
  'edit_superseded',
  'edit_taken',
  'edit_kept',
  'goods_sent',
  'goods_received',
  'goods_corrected',
  'goods_on_the_way',
  'goods_in_part',
  'goods_arrived',
  'goods_differing',
  'goods_elsewhere',
  'goods_cancelled',
  'goods_unannounced',
  'count_posted',
  'count_discarded',
  'count_stands',
  'count_corrected',
  'count_proved',
  'doubt_before',
  'doubt_after',
  'shop_joined',
  'shop_edited',
  'shop_clashed',
  'shop_took_other_code',
  'shop_let_in_again',
  'shop_forgotten',
  'shop_alone',
] as const;
export type Work = (typeof workNames)[number];

/** How often each is done in place of a cashier's turn: in about half of all worlds never. */
export interface Habits {
  readonly edit: number;
  readonly carry: number;
  readonly count: number;
  /** In a shop that is still its own: of catalogue, people and settings. */
  readonly tend: number;
}

export function drawHabits(draws: Draws): Habits {
  const rateOf = (habit: keyof Habits, most: number) =>
    draws.chance(`habits/${habit}`, 0.5) ? draws.spread(`habits/${habit}/rate`, 0.02, most) : 0;
  return {
    edit: rateOf('edit', 0.4),
    carry: rateOf('carry', 0.4),
    count: rateOf('count', 0.4),
    tend: draws.spread('habits/tend', 0.05, 0.5),
  };
}

export class Tally {
  readonly counts = new Map<Work, number>(workNames.map((work) => [work, 0]));

  add(work: Work): void {
    this.counts.set(work, (this.counts.get(work) ?? 0) + 1);
  }
}
