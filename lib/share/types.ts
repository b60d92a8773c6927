/** A link to a snapshot of a conversation, as its owner sees it. */
export interface ShareInfo {
  id: string
  /** `/share/{token}` */
  path: string
  /** Where this Sparkler is to be found, when its settings say so (`APP_URL`); null: where the page is. */
  origin: string | null
  title: string
  createdAt: string
  revokedAt: string | null
}
