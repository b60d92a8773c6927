/** API for the results of model comparisons. All functions throw `ApiError` with a message for the user. */
import { api, unexpected } from "@/components/base/api"
import { isRecord } from "@/lib/is-record"
import type { ModelRecord } from "@/lib/models/record"

const isOurs = (value: unknown): value is { record: ModelRecord[] } => isRecord(value) && Array.isArray(value.record)

/** One entry per model, best first. */
export async function fetchRecord(): Promise<ModelRecord[]> {
  const answer = await api("/api/models/record")
  if (!isOurs(answer)) throw unexpected()
  return answer.record
}

/** Deletes all results. */
export async function resetRecord(): Promise<void> {
  await api("/api/models/record", { method: "DELETE" })
}
