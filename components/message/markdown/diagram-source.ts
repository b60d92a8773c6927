/** What a diagram's source says of it. Pure. */

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

/** Named in the catalogue of texts. */
export type DiagramKind = (typeof KINDS)[number][1] | "other"

/** The source without its directives, its front matter and its comments. */
const bodyOf = (source: string) =>
  source
    .replace(/^\s*---\n[\s\S]*?\n---\n/, "")
    .replace(/%%\{[\s\S]*?\}%%/g, "")
    .replace(/^\s*%%.*$/gm, "")
    .trim()

/** The title that it gives itself. */
export const diagramTitle = (source: string): string | null =>
  /^\s*(?:accTitle\s*:|title\s*:?\s)\s*(\S.*)$/m.exec(source)?.[1]?.trim() ?? null

export function diagramKind(source: string): DiagramKind {
  const body = bodyOf(source)
  return KINDS.find(([pattern]) => pattern.test(body))?.[1] ?? "other"
}

/** It brings colors of its own, made for light paper as a rule: in the dark its words might not be legible. */
export const hasOwnColors = (source: string): boolean =>
  /\b(?:fill|color|background)\s*:\s*[#a-z]/i.test(bodyOf(source))
