/** A short cut that `npm run bench -- --parts` measures the server without. */
type Part = "lane" | "joining" | "hand-over" | "direct"

const left = new Set<string>(process.env.SPARKLER_WITHOUT?.split(","))

/** Is this part left out? Only for that measurement: everything works without it, and costs more. */
export const isWithout = (part: Part): boolean => left.has(part)
