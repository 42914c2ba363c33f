import type { Page } from 'playwright-core';

/** Waits until nothing on a page changes its colour or place any more: a picture of a change shows what nobody sees. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const moving = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    // One that is taken back amid it rejects.
    await Promise.allSettled(moving.map(async ({ finished }) => await finished));
  });
}
