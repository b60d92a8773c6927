/** API types for one's own account, shared by browser and server. Safe to import on both sides. */

export interface Way {
  id: "github" | "google" | "oidc"
  /** Display name. */
  name: string
}

/** `GET /api/account`. */
export interface OwnAccount {
  /** There is no account: the user is a guest. */
  guest: boolean
  admin: boolean
  name: string | null
  email: string | null
  /** The address is verified. */
  verified: boolean
  hasPassword: boolean
  /** Connected issuers. `email`: as reported by the issuer. */
  connected: { id: string; way: Way; email: string | null }[]
  /** Issuers that can be connected. */
  ways: Way[]
  /** Whether mail can be sent. */
  mail: boolean
  /** Days between a deletion request and the deletion. */
  deleteAfterDays: number
}

/** An item of `GET /api/account/sessions`. */
export interface OwnSession {
  id: string
  /** The requesting session. */
  current: boolean
  browser: string | null
  system: string | null
  handheld: boolean
  address: string | null
  /** ISO 8601; rounded to the hour. */
  seenAt: string
}

/** The available sign-in methods, for the sign-in pages. */
export interface SignInMethods {
  ways: Way[]
  /** Who may create an account with a password on their own. */
  signUp: "open" | "invited" | "sso" | "closed"
  /** This browser has opened a valid invitation. */
  invited: boolean
  guests: boolean
  mail: boolean
  mailDomains: string[]
}
