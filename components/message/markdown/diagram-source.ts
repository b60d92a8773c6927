/** Metadata from a diagram's source. Pure. */

const KINDS = [
  [/^(?:graph|flowchart)/, "flowchart"],
  [/^sequenceDiagram/, "sequence"],
  [/^classDiagram/, "class"],
  [/^stateDiagram/, "state"],
  [/^erDiagram/, "entities"],
  [/^gantt/, "gantt"],
  [/^pie/, "pie"],
  [/^mindmap/, "mindMap"],
  [/^gitGraph/, "git"],
  [/^journey/, "journey"],
  [/^timeline/, "timeline"],
  [/^quadrantChart/, "quadrants"],
  [/^xychart/, "chart"],
  [/^sankey/, "sankey"],
] as const

/** Keys in the message catalog. */
export type DiagramKind = (typeof KINDS)[number][1] | "other"

/** The source without directives, front matter and comments. */
const bodyOf = (source: string) =>
  source
    .replace(/^\s*---\n[\s\S]*?\n---\n/, "")
    .replace(/%%\{[\s\S]*?\}%%/g, "")
    .replace(/^\s*%%.*$/gm, "")
    .trim()

/** The diagram's own title. */
export const diagramTitle = (source: string): string | null =>
  /^\s*(?:accTitle\s*:|title\s*:?\s)\s*(\S.*)$/m.exec(source)?.[1]?.trim() ?? null

export function diagramKind(source: string): DiagramKind {
  const body = bodyOf(source)
  return KINDS.find(([pattern]) => pattern.test(body))?.[1] ?? "other"
}

/** The diagram sets its own colors, usually made for a light background: its text might be illegible in dark mode. */
export const hasOwnColors = (source: string): boolean =>
  /\b(?:fill|color|background)\s*:\s*[#a-z]/i.test(bodyOf(source))
