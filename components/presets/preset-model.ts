/** Resolves a preset's model, which may no longer be available. Pure. */
import { DEMO_MODEL_ID, type ModelInfo } from "@/lib/models/model.types"
import { findModel } from "@/lib/models/ways"

interface PresetModel {
  /** The model to select; null: keep the current one. */
  id: string | null
  /** `retired`: its successor replaces it. `gone`: no server has it. */
  problem: "retired" | "gone" | null
  /** Display names of the preset's own model and its replacement. */
  name: string
  successor: string
}

/** Resolves a preset's model (null: none) against the available models. */
export function presetModel(wanted: string | null, models: ModelInfo[]): PresetModel {
  const nothing = { id: null, problem: null, name: "", successor: "" }
  if (wanted === null) return nothing
  const model = findModel(models, wanted)
  const name = model?.name ?? wanted.split("/").at(-1) ?? wanted
  // An unlisted model is requested anyway if there is a server to ask.
  const demo = models.every(({ upstream }) => upstream === "demo")
  if (!model)
    return demo || wanted === DEMO_MODEL_ID ? { ...nothing, problem: "gone", name } : { ...nothing, id: wanted, name }
  if (model.missing) return { ...nothing, problem: "gone", name }
  if (!model.retired) return { ...nothing, id: model.id, name }
  const successor = models.find(({ id, retired }) => id === model.successor && !retired)
  if (!successor) return { ...nothing, problem: "gone", name }
  return { id: successor.id, problem: "retired", name, successor: successor.name }
}

/** Whether a previously selected model can still be used. */
export const isModelAvailable = (models: ModelInfo[], id: string): boolean => presetModel(id, models).id === id
