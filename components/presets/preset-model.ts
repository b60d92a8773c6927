/** The model of a preset, which may be older than the list of models. Pure. */
import { DEMO_MODEL_ID, type ModelInfo } from "@/lib/models/model.types"
import { findModel } from "@/lib/models/ways"

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
  const model = findModel(models, wanted)
  const name = model?.name ?? wanted.split("/").at(-1) ?? wanted
  // What no list has is asked for all the same, where there is a server to ask.
  const demo = models.every(({ upstream }) => upstream === "demo")
  if (!model)
    return demo || wanted === DEMO_MODEL_ID ? { ...nothing, problem: "gone", name } : { ...nothing, id: wanted, name }
  if (model.missing) return { ...nothing, problem: "gone", name }
  if (!model.retired) return { ...nothing, id: model.id, name }
  const successor = models.find(({ id, retired }) => id === model.successor && !retired)
  if (!successor) return { ...nothing, problem: "gone", name }
  return { id: successor.id, problem: "retired", name, successor: successor.name }
}

/** A model that was chosen before, and can still be asked. */
export const canBeAsked = (models: ModelInfo[], id: string): boolean => presetModel(id, models).id === id
