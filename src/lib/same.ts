/**
 * Whether two values say the same: plain values, and objects of them with the same names; no dates, no lists. As node:util's
 * isDeepStrictEqual, in a fraction of its time, for hundreds of comparisons a page.
 */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other)) return false;
  // Unlike with Object.keys, nothing is made for it.
  for (const name in one) if (!isSame(one[name], other[name])) return false;
  for (const name in other) if (!(name in one)) return false;
  return true;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
