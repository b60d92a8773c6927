/** A user's verdicts on the models they compared. */
import { z } from "zod"
import { choicesOf, deleteModelChoices } from "@/lib/db/model-choices"
import { type ModelRecord, recordOf } from "@/lib/models/record"

const modelsSchema = z.array(z.string()).catch([])

/** One entry per model. */
export async function modelRecord(userId: string): Promise<ModelRecord[]> {
  const rows = await choicesOf(userId)
  return recordOf(rows.map((row) => ({ ...row, models: modelsSchema.parse(row.models) })))
}

export const resetRecord = (userId: string) => deleteModelChoices(userId)
