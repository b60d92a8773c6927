/** The model of a preset, which may be older than the list of models. Pure. */
import type { ModelInfo } from "@/lib/ai/model.types"

interface PresetModel {
  /** Which one is to be chosen; null: the one that is. */
  id: string | null
  /** `retired`: its successor stands in for it. `gone`: no server has it. */
  problem: "retired" | "gone" | null
  /** For people: the preset's own model, and what stands in for it. */
  name: string
  successor: string
}

/** What a preset's model (null: none) comes to with the models that there are. */
export function presetModel(wanted: string | null, models: ModelInfo[]): PresetModel {
  const nothing = { id: null, problem: null, name: "", successor: "" }
  if (wanted === null) return nothing
  const model = models.find(({ id }) => id === wanted)
  if (!model) return { ...nothing, problem: "gone", name: wanted.split("/").at(-1) ?? wanted }
  if (!model.retired) return { ...nothing, id: model.id, name: model.name }
  const successor = models.find(({ id, retired }) => id === model.successor && !retired)
  if (!successor) return { ...nothing, problem: "gone", name: model.name }
  return { id: successor.id, problem: "retired", name: model.name, successor: successor.name }
}
