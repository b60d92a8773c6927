import { api, unexpected } from "@/components/base/api"
import { isRecord } from "@/lib/is-record"
import type { ShareInfo } from "@/lib/share/types"

const isShare = (value: unknown): value is ShareInfo =>
  isRecord(value) &&
  [value.id, value.path, value.title, value.createdAt].every((member) => typeof member === "string") &&
  (value.origin === null || typeof value.origin === "string") &&
  (value.revokedAt === null || typeof value.revokedAt === "string")

/** The address as people open it. */
export const addressOf = ({ path, origin }: ShareInfo) => new URL(path, origin ?? window.location.origin).href

/** The links to a conversation that work, or (null) all of the person, newest first. Throws `ApiError`. */
export async function liveLinks(conversationId: string | null): Promise<ShareInfo[]> {
  const answer = await api(conversationId ? `/api/conversations/${conversationId}/shares` : "/api/shares")
  if (!isRecord(answer) || !Array.isArray(answer.shares) || !answer.shares.every(isShare)) throw unexpected()
  return answer.shares.filter(({ revokedAt }) => revokedAt === null)
}

/** Makes a link to the conversation as it is now, or to its branch up to a message. Throws `ApiError`. */
export async function createLink(conversationId: string, upTo?: string): Promise<ShareInfo> {
  const query = upTo ? `?${new URLSearchParams({ message: upTo })}` : ""
  const answer = await api(`/api/conversations/${conversationId}/shares${query}`, { method: "POST" })
  if (!isRecord(answer) || !isShare(answer.share)) throw unexpected()
  return answer.share
}

/** Ends a link. Throws `ApiError`. */
export const revokeLink = (id: string) => api(`/api/shares/${id}`, { method: "DELETE" })
