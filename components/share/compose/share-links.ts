import { api, unexpected } from "@/components/base/api"
import { isRecord } from "@/lib/is-record"
import type { ShareOptions } from "@/lib/share/options"
import type { Person, ShareInfo, SharePreview } from "@/lib/share/types"

const isShare = (value: unknown): value is ShareInfo =>
  isRecord(value) &&
  [value.id, value.path, value.title, value.createdAt].every((member) => typeof member === "string") &&
  (value.origin === null || typeof value.origin === "string") &&
  (value.revokedAt === null || typeof value.revokedAt === "string") &&
  Array.isArray(value.people) &&
  isRecord(value.options)

const isPreview = (value: unknown): value is SharePreview =>
  isRecord(value) && Array.isArray(value.messages) && Array.isArray(value.secrets) && typeof value.digest === "string"

const isPerson = (value: unknown): value is Person => isRecord(value) && typeof value.id === "string"

/** The URL people open. */
export const addressOf = ({ path, origin }: ShareInfo) => new URL(path, origin ?? window.location.origin).href

/** The active links to a conversation, or (null) all of the user's, newest first. Throws `ApiError`. */
export async function fetchActiveLinks(conversationId: string | null): Promise<ShareInfo[]> {
  const answer = await api(conversationId ? `/api/conversations/${conversationId}/shares` : "/api/shares")
  if (!isRecord(answer) || !Array.isArray(answer.shares) || !answer.shares.every(isShare)) throw unexpected()
  return answer.shares.filter(({ revokedAt }) => revokedAt === null)
}

const queryOf = (members: Record<string, string | undefined>) => {
  const query = new URLSearchParams(Object.entries(members).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return query.size > 0 ? `?${query}` : ""
}

interface Of {
  /** The last message included. */
  message?: string
  /** The link that would be changed. */
  share?: string
}

/** The content of a conversation that can be shared. Throws `ApiError`. */
export async function fetchPreview(conversationId: string, of: Of, signal: AbortSignal): Promise<SharePreview> {
  const answer = await api(`/api/conversations/${conversationId}/shares/preview${queryOf({ ...of })}`, { signal })
  if (!isPreview(answer)) throw unexpected()
  return answer
}

/** How a link can be opened. */
export interface Terms {
  title: string
  /** ISO 8601; null: valid until revoked. Omitted: unchanged. */
  expiresAt?: string | null
  passcode?: string | null
  listed: boolean
}

export interface NewLink extends Terms {
  options: ShareOptions
  digest: string
  inside?: boolean
  people?: string[]
}

const shareOf = (answer: unknown): ShareInfo => {
  if (!isRecord(answer) || !isShare(answer.share)) throw unexpected()
  return answer.share
}

/** Creates a link to the previewed content. Throws `ApiError`. */
export const createLink = async (conversationId: string, link: NewLink, message?: string): Promise<ShareInfo> =>
  shareOf(
    await api(`/api/conversations/${conversationId}/shares${queryOf({ message })}`, { method: "POST", body: link }),
  )

export interface LinkChange extends Terms {
  snapshot?: { options: ShareOptions; digest: string; message: string | null }
}

/** Changes a link. Throws `ApiError`. */
export const changeLink = async (id: string, change: LinkChange): Promise<ShareInfo> =>
  shareOf(await api(`/api/shares/${id}`, { method: "PATCH", body: change }))

/** Revokes a link. Throws `ApiError`. */
export const revokeLink = (id: string) => api(`/api/shares/${id}`, { method: "DELETE" })

/** Gives a user of this installation access to a share. Throws `ApiError`. */
export async function addReader(id: string, email: string): Promise<Person> {
  const answer = await api(`/api/shares/${id}/people`, { method: "POST", body: { email } })
  if (!isRecord(answer) || !isPerson(answer.person)) throw unexpected()
  return answer.person
}

/** Revokes that access. Throws `ApiError`. */
export const removeReader = (id: string, user: string) =>
  api(`/api/shares/${id}/people${queryOf({ user })}`, { method: "DELETE" })
