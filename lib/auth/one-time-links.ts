/**
 * Links that work once: for choosing a new password (`reset`), and for verifying an address: the account's (`verify`),
 * or its new one (`change`). The secret is in the fragment, which browsers don't send and proxies don't log; the
 * database stores its hash.
 */
import { createHash, randomBytes } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { config } from "@/lib/config"
import { addLink, linkKind, openLink } from "@/lib/db/people/one-time-links"
import { AppError } from "@/lib/http/errors"

export type LinkKind = "reset" | "verify" | "change"

/** The pages that handle them. */
const PAGES = { reset: "reset", verify: "verify", change: "verify" } as const

const HOUR_MS = 60 * 60_000
/** Milliseconds for which a link is valid: by mail, and handed over by an administrator. */
const LIFE_MS = { reset: HOUR_MS, verify: 72 * HOUR_MS, change: 24 * HOUR_MS, handed: 24 * HOUR_MS }

/** Random bytes in a secret. */
const BYTES = 32

export const hashOfSecret = (secret: string): string => createHash("sha256").update(secret).digest("hex")
export const newSecret = (): string => randomBytes(BYTES).toString("base64url")

export interface MadeLink {
  url: string
  expiresAt: Date
}

/**
 * A link for choosing a new password. `email`: the address it is mailed to, which is verified when the link is opened;
 * null if an administrator hands it over, which verifies nothing.
 */
export const makeResetLink = (userId: string, email: string | null = null): Promise<MadeLink> =>
  makeLink("reset", userId, { email, lifeMs: email ? LIFE_MS.reset : LIFE_MS.handed })

/** A link that verifies this address. */
export const makeVerifyLink = (userId: string, email: string): Promise<MadeLink> =>
  makeLink("verify", userId, { email, lifeMs: LIFE_MS.verify })

/** A link that makes this address the account's. */
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

/** The kind of a secret's link; null if there is none. */
export const kindOfLink = (secret: string): Promise<string | null> => linkKind(hashOfSecret(secret))

/** The link of a secret. Throws `account:link` if it doesn't exist, was used, or has expired. */
export async function findLink(kind: LinkKind, secret: string) {
  const link = await openLink(kind, hashOfSecret(secret), new Date())
  if (!link) throw new AppError("account:link")
  return link
}
