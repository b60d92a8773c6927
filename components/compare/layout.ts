/**
 * Columns where each has some 17 rem, tabs else: what follows from the number of answers. Whole names, so that the
 * style sheet has them.
 */
type ByCount = Record<number, string>

/** The tabs, gone where there are columns. */
export const TABS: ByCount = {
  2: "@min-[36rem]:hidden",
  3: "@min-[54rem]:hidden",
  4: "@min-[70rem]:hidden",
}

/** An answer that is not chosen among the tabs. */
export const HIDDEN: ByCount = {
  2: "@max-[36rem]:hidden",
  3: "@max-[54rem]:hidden",
  4: "@max-[70rem]:hidden",
}

/** What a tab says is not said again below it. */
export const NAME: ByCount = {
  2: "@max-[36rem]:sr-only",
  3: "@max-[54rem]:sr-only",
  4: "@max-[70rem]:sr-only",
}

/** The columns; two or three of them need not be wider than they are read well. */
export const COLUMNS: ByCount = {
  2: "max-w-[76rem] @min-[36rem]:grid-cols-2",
  3: "max-w-[104rem] @min-[54rem]:grid-cols-3",
  4: "@min-[70rem]:grid-cols-4",
}

/** The head of an answer stays in view: under the tabs, or at the top. */
export const HEAD: ByCount = {
  2: "@min-[36rem]:top-0!",
  3: "@min-[54rem]:top-0!",
  4: "@min-[70rem]:top-0!",
}
