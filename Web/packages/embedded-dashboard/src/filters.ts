import rison from 'rison';

const PREFIX = 'NATIVE_FILTER-';

/** Says that nothing is chosen, where saying nothing would leave it to the permalink. */
export const NO_FILTERS = '()';

interface Mask {
  extraFormData?: Record<string, unknown>;
  filterState?: Record<string, unknown> & { value?: unknown };
}

/** What of a filter stands in the address: its value, and what it asks of the data where that says more. */
type Entry = { v: unknown; f?: unknown[][]; t?: string; x?: Record<string, unknown> };

/**
 * The native filters of a data mask as one short text for the host's address, empty where nothing is chosen. Only
 * filters: what else the mask holds (labels, charts' own state) the dashboard makes anew.
 */
export function filtersToText(masks: Record<string, unknown>): string {
  const entries = Object.entries(masks)
    .filter(([id]) => id.startsWith(PREFIX))
    .map(([id, mask]) => [id.slice(PREFIX.length), entryOf(mask as Mask)] as const)
    .filter(([, entry]) => entry !== null)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return entries.length === 0 ? '' : rison.encode(Object.fromEntries(entries));
}

/** Superset's `native_filters` parameter, made of such a text; undefined where there is none or it cannot be read. */
export function textToNativeFilters(text: string | undefined): string | undefined {
  if (!text) {
    return undefined;
  }
  try {
    const entries = Object.entries(rison.decode(text) as Record<string, Entry>).map(([name, entry]) => {
      const id = PREFIX + name;
      return [id, { id, extraFormData: formDataOf(entry), filterState: stateOf(entry), ownState: {} }];
    });
    return entries.length === 0 && text !== NO_FILTERS ? undefined : rison.encode(Object.fromEntries(entries));
  } catch {
    return undefined;
  }
}

function entryOf({ extraFormData = {}, filterState }: Mask): Entry | null {
  const value = filterState?.value;
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) {
    return null;
  }
  const { filters, time_range: time, ...others } = extraFormData as { filters?: { col: unknown; op: unknown; val: unknown }[]; time_range?: string };
  return {
    v: value,
    ...(filters ? { f: filters.map(({ col, op, val }) => (same(val, value) ? [col, op] : [col, op, val])) } : {}),
    ...(time === undefined || time === value ? {} : { t: time }),
    ...(Object.keys(others).length === 0 ? {} : { x: others }),
  };
}

function formDataOf({ v, f, t, x }: Entry): Record<string, unknown> {
  if (f) {
    return { ...x, filters: f.map(([col, op, val = v]) => ({ col, op, val })) };
  }
  return x ? { ...x } : { time_range: t ?? v };
}

function stateOf({ v, f }: Entry): Record<string, unknown> {
  return f && Array.isArray(v) ? { value: v, label: v.join(', ') } : { value: v };
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
