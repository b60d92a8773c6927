/**
 * Columns if each has about 17 rem, otherwise tabs, by the number of answers. Full class names, so that Tailwind finds
 * them.
 */
type ByCount = Record<number, string>

/** The tabs, hidden where there are columns. */
export const TABS: ByCount = {
  2: "@min-[36rem]:hidden",
  3: "@min-[54rem]:hidden",
  4: "@min-[70rem]:hidden",
}

/** An answer not selected in the tabs. */
export const HIDDEN: ByCount = {
  2: "@max-[36rem]:hidden",
  3: "@max-[54rem]:hidden",
  4: "@max-[70rem]:hidden",
}

/** Hides the name that a tab already shows. */
export const NAME: ByCount = {
  2: "@max-[36rem]:sr-only",
  3: "@max-[54rem]:sr-only",
  4: "@max-[70rem]:sr-only",
}

/** The columns; two or three are limited to a readable width. */
export const COLUMNS: ByCount = {
  2: "max-w-[76rem] @min-[36rem]:grid-cols-2",
  3: "max-w-[104rem] @min-[54rem]:grid-cols-3",
  4: "@min-[70rem]:grid-cols-4",
}

/** An answer's header is sticky: below the tabs, or at the top. */
export const HEAD: ByCount = {
  2: "@min-[36rem]:top-0!",
  3: "@min-[54rem]:top-0!",
  4: "@min-[70rem]:top-0!",
}
