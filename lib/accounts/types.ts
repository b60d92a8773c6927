/** What browser and server say to each other about one's account. Safe to import on both sides. */

export interface Way {
  id: "github" | "google" | "oidc"
  /** As people know it. */
  name: string
}

/** `GET /api/account`. */
export interface OwnAccount {
  /** There is none: somebody who chats without one. */
  guest: boolean
  admin: boolean
  name: string | null
  email: string | null
  /** The address was shown to be theirs. */
  verified: boolean
  hasPassword: boolean
  /** Issuers that are connected. `email`: as they tell it. */
  connected: { id: string; way: Way; email: string | null }[]
  /** Issuers that could be. */
  ways: Way[]
  /** Mail can be sent. */
  mail: boolean
  /** Days from asking to delete it to its end. */
  deleteAfterDays: number
}

/** One of `GET /api/account/sessions`. */
export interface OwnSession {
  id: string
  /** The one that asks. */
  current: boolean
  browser: string | null
  system: string | null
  handheld: boolean
  address: string | null
  /** ISO 8601; to the hour. */
  seenAt: string
}

/** How people may come in here, for the pages where they do. */
export interface SignInWays {
  ways: Way[]
  /** Who may make an account by themselves with a password. */
  signUp: "open" | "invited" | "sso" | "closed"
  /** This browser has opened an invitation that can be used. */
  invited: boolean
  guests: boolean
  mail: boolean
  mailDomains: string[]
}
