import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { atRest } from './at-rest.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on a page against WCAG 2.2 at level AA and what it calls best practice, one line each; nothing is what we want. */
export async function faults(page: Page, { isDialog = false } = {}): Promise<string[]> {
  await atRest(page);
  // A page that was looked at before has axe still: reading it anew takes longer than many a look.
  const hasAxe = await page.evaluate(() => 'axe' in window);
  const { violations } = await new AxeBuilder({ page, ...(hasAxe ? { axeSource: ';' } : {}) })
    .setLegacyMode()
    // Of what is well it would write down each place.
    .options({ resultTypes: ['violations'] })
    // What react-aria reads out and then takes away again; it is no part of the page.
    .exclude('[data-live-announcer]')
    .withTags(rules)
    // The page beneath a dialog is hidden from readers while it is open, and looked at without it.
    .disableRules(isDialog ? ['landmark-one-main', 'page-has-heading-one'] : [])
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, target }) => `${id}: ${target.join(' ')} ${html.slice(0, 160)}`),
  );
}
