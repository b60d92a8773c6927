/** How models came off that were compared. All throw `ApiError` with a sentence for the person. */
import { api, unexpected } from "@/components/base/api"
import { isRecord } from "@/lib/is-record"
import type { ModelRecord } from "@/lib/models/record"

const isOurs = (value: unknown): value is { record: ModelRecord[] } => isRecord(value) && Array.isArray(value.record)

/** A line for each model, the best first. */
export async function fetchRecord(): Promise<ModelRecord[]> {
  const answer = await api("/api/models/record")
  if (!isOurs(answer)) throw unexpected()
  return answer.record
}

/** Forgets all of it. */
export async function resetRecord(): Promise<void> {
  await api("/api/models/record", { method: "DELETE" })
}
