/** API for the branches of a conversation. All functions throw `ApiError` with a message for the user. */
import { api, unexpected } from "@/components/base/api"
import type { BranchComparison, BranchMap } from "@/lib/chat/map/map.types"
import { isRecord } from "@/lib/is-record"

export async function fetchBranchMap(conversationId: string): Promise<BranchMap> {
  const map = await api(`/api/conversations/${conversationId}/branches`)
  if (!isMap(map)) throw unexpected()
  return map
}

export async function fetchComparison(conversationId: string, [a, b]: [string, string]): Promise<BranchComparison> {
  const comparison = await api(`/api/conversations/${conversationId}/branches?${new URLSearchParams({ a, b })}`)
  if (!isComparison(comparison)) throw unexpected()
  return comparison
}

// Our own server's responses: a shallow check is enough to tell them apart.
const isMap = (value: unknown): value is BranchMap => isRecord(value) && Array.isArray(value.runs)
const isComparison = (value: unknown): value is BranchComparison =>
  isRecord(value) && typeof value.common === "number" && isRecord(value.a) && isRecord(value.b)
