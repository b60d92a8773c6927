/** A link to a snapshot of a conversation, as its owner sees it. */
export interface ShareInfo {
  id: string
  /** `/share/{token}` */
  path: string
  title: string
  createdAt: string
  revokedAt: string | null
}
