/** What an empty page offers to begin with. */
import type { ModelsResponse } from "@/lib/models/model.types"

export const STARTERS = {
  exampleTable: undefined,
  exampleDiagram: undefined,
  exampleCompare: undefined,
  exampleCode: undefined,
  exampleWeather: undefined,
  exampleLook: "image",
  exampleData: "schema",
} as const

export type Starter = keyof typeof STARTERS

/** What who answers does well: the demo model makes and looks, a small model on this machine may have no tools. */
const OFFERED: Record<ModelsResponse["notice"]["kind"], Starter[]> = {
  demo: ["exampleTable", "exampleDiagram", "exampleLook", "exampleData"],
  fireworks: ["exampleCompare", "exampleLook", "exampleWeather", "exampleData"],
  compatible: ["exampleCompare", "exampleLook", "exampleCode", "exampleData"],
  ollama: ["exampleCompare", "exampleLook", "exampleCode", "exampleData"],
}

/** Four at most; a picture is looked at only where some model sees. */
export function startersFor({ notice, models }: Pick<ModelsResponse, "notice" | "models">): Starter[] {
  const sees = models.some(({ images, retired }) => images && !retired)
  return OFFERED[notice.kind].filter((name) => sees || STARTERS[name] !== "image")
}
