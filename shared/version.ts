/** Versions of the program, as two sides tell them to one another: `1.4.2`. */

/** How one version stands to another; null where one of them is none that can be compared. */
export function compareVersions(one: string | null, other: string | null): 'older' | 'same' | 'newer' | null {
  const [left, right] = [partsOf(one), partsOf(other)];
  if (left === null || right === null) return null;
  for (const at of [0, 1, 2]) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference < 0 ? 'older' : 'newer';
  }
  return 'same';
}

/** Major, minor and patch; what is behind a hyphen or a plus sign does not count. */
function partsOf(version: string | null): number[] | null {
  const found = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:[-+].*)?$/.exec(version ?? '');
  return found === null ? null : found.slice(1).map(Number);
}
