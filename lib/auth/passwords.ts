/** Passwords: argon2id, off the event loop. */
import { hashOf, isHashOf } from "@/lib/hash/hash"
import { AppError } from "@/lib/http/errors"
import { singleton } from "@/lib/singleton"

/** In characters. Length is what protects; rules about digits and symbols don't (NIST SP 800-63B). */
export const PASSWORD_MIN = 10
export const PASSWORD_MAX = 200

/** Maximum number of requests waiting for a hash; beyond that, users are asked to try again. */
const MAX_WAITING = 200

/** A dummy hash: checking it takes as long as checking a real one. */
export const DUMMY_PASSWORD_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$ucVHyj0taCGxxR3NhFcytQ$GUIzS6GlkK5/RrI4lsSJ9PRLxGB3Dpdjwe005S2BbVk"

const turns = () => singleton("passwordTurns", () => ({ held: 0 }))

/** Throws `work:busy` if too many are waiting already. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const state = turns()
  if (state.held >= MAX_WAITING) throw new AppError("work:busy")
  state.held++
  try {
    return await work()
  } finally {
    state.held--
  }
}

/** Different keyboards may produce different code points for the same letters. */
const typed = (password: string) => password.normalize("NFKC")

/** The hash to store, in PHC format. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hashOf(typed(password)))

/** Whether the password matches. Without a hash it doesn't, and takes the same time. */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const right = await inTurn(() => isHashOf(kept ?? DUMMY_PASSWORD_HASH, typed(password)))
  return right && kept !== null
}

/** Throws `account:password` if it is too short or too long, or is the address itself. */
export function checkNewPassword(password: string, email: string | null): void {
  const length = [...password].length
  const details = { field: "password" }
  if (length < PASSWORD_MIN) throw new AppError("account:password/short", { values: { least: PASSWORD_MIN }, details })
  if (length > PASSWORD_MAX) throw new AppError("account:password/long", { values: { most: PASSWORD_MAX }, details })
  if (email && password.toLowerCase() === email) throw new AppError("account:password/address", { details })
  if (new Set(password).size < 3) throw new AppError("account:password/simple", { details })
}
