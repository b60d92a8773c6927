/** An optimization that `npm run bench -- --parts` can turn off. */
type Part = "lane" | "joining" | "hand-over" | "direct"

const left = new Set<string>(process.env.SPARKLER_WITHOUT?.split(","))

/** Whether this optimization is turned off. Only for that benchmark: everything works without it, but costs more. */
export const isPartDisabled = (part: Part): boolean => left.has(part)
