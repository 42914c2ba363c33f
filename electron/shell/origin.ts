/** The origin of the till's own page. A scheme of its own: no `file:`, whose pages may read the disk, and no port. */
export const scheme = 'evertill';
const host = 'till';

/** The address of the till's page. */
export const pageUrl = `${scheme}://${host}/till/index.html`;

/** Whether an address is one of our own pages. */
export function isOurPage(url: string): boolean {
  return url.startsWith(`${scheme}://${host}/`);
}
