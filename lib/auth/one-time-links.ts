/**
 * Links that work once: to choose a new password (`reset`), and to show that an address is one's own: the account's (`verify`), or the one
 * that it becomes (`change`). The secret
 * stands behind the `#`, which no browser sends and no proxy logs; the database holds its hash.
 */
import { createHash, randomBytes } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { config } from "@/lib/config"
import { addLink, linkKind, openLink } from "@/lib/db/people/one-time-links"
import { AppError } from "@/lib/http/errors"

export type LinkKind = "reset" | "verify" | "change"

/** The pages that take them. */
const PAGES = { reset: "reset", verify: "verify", change: "verify" } as const

const HOUR_MS = 60 * 60_000
/** Milliseconds that a link works: one that goes by mail, and one that an administrator hands over. */
const LIFE_MS = { reset: HOUR_MS, verify: 72 * HOUR_MS, change: 24 * HOUR_MS, handed: 24 * HOUR_MS }

/** Characters of a secret. */
const BYTES = 32

export const hashOfSecret = (secret: string): string => createHash("sha256").update(secret).digest("hex")
export const newSecret = (): string => randomBytes(BYTES).toString("base64url")

export interface MadeLink {
  url: string
  expiresAt: Date
}

/**
 * A link by which the user chooses a new password. `email`: the address that it is sent to, which it shows to be theirs when
 * it is opened; null where an administrator hands it over, which shows nothing.
 */
export const makeResetLink = (userId: string, email: string | null = null): Promise<MadeLink> =>
  makeLink("reset", userId, { email, lifeMs: email ? LIFE_MS.reset : LIFE_MS.handed })

/** A link that shows this address to be theirs. */
export const makeVerifyLink = (userId: string, email: string): Promise<MadeLink> =>
  makeLink("verify", userId, { email, lifeMs: LIFE_MS.verify })

/** A link by which this address becomes the account's. */
export const makeChangeLink = (userId: string, email: string): Promise<MadeLink> =>
  makeLink("change", userId, { email, lifeMs: LIFE_MS.change })

async function makeLink(
  kind: LinkKind,
  userId: string,
  { email, lifeMs }: { email: string | null; lifeMs: number },
): Promise<MadeLink> {
  const secret = newSecret()
  const expiresAt = new Date(Date.now() + lifeMs)
  await addLink({ id: uuidv7(), kind, userId, tokenHash: hashOfSecret(secret), email, expiresAt })
  return { url: `${config().address}/${PAGES[kind]}#${secret}`, expiresAt }
}

/** Of what kind the link of a secret is; null where it is none. */
export const kindOfLink = (secret: string): Promise<string | null> => linkKind(hashOfSecret(secret))

/** The link of a secret. Throws `account:link` where it is none, used, or over. */
export async function findLink(kind: LinkKind, secret: string) {
  const link = await openLink(kind, hashOfSecret(secret), new Date())
  if (!link) throw new AppError("account:link")
  return link
}
