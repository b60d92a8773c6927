/** The examples offered on an empty page. */
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

/**
 * Chosen by what the answering service is good at: the demo model generates and looks at images, a small local model
 * may have no tools.
 */
const OFFERED: Record<ModelsResponse["notice"]["kind"], Starter[]> = {
  demo: ["exampleTable", "exampleDiagram", "exampleLook", "exampleData"],
  fireworks: ["exampleCompare", "exampleLook", "exampleWeather", "exampleData"],
  compatible: ["exampleCompare", "exampleLook", "exampleCode", "exampleData"],
  ollama: ["exampleCompare", "exampleLook", "exampleCode", "exampleData"],
}

/** At most four examples; those with an image only if some model accepts images. */
export function startersFor({ notice, models }: Pick<ModelsResponse, "notice" | "models">): Starter[] {
  const sees = models.some(({ images, retired }) => images && !retired)
  return OFFERED[notice.kind].filter((name) => sees || STARTERS[name] !== "image")
}
