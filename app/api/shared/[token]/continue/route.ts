import { v7 as uuidv7 } from "uuid"
import { may } from "@/lib/auth/rights"
import { createGuestSession, sessionOf } from "@/lib/auth/sessions"
import { createToken, sessionCookieName, sessionCookieOptions } from "@/lib/auth/token"
import { tell } from "@/lib/chat/news/news"
import { AppError } from "@/lib/http/errors"
import { isForm, readFormOrJson } from "@/lib/http/form"
import { route, type TokenContext } from "@/lib/http/route"
import { continueShare } from "@/lib/share/continue"
import { redirectToSharePage } from "@/lib/share/form-answer"
import { readerOf } from "@/lib/share/reader"
import { continueSchema } from "@/lib/share/requests"

/** Copies what a link shows, so that the reader can continue it. A reader without a session becomes a new guest. */
export const POST = route<TokenContext>(async (request, { params }) => {
  const { token } = await params
  const copy = async () => {
    const { id, message } = await readFormOrJson(request, continueSchema, { maxBytes: 2_000 })
    const { user, cookie } = await readerOf(request.headers)
    const begun = user ? null : await newGuest(request.headers)
    const reader = user ?? begun?.user
    if (!reader || !may({ user: reader }, "conversation:copy")) throw new AppError("auth:required")
    // Uses a new id, because a new guest has no data yet: the id may be that of a copy that their first click created
    // for another new guest.
    const asked = { id: begun && isForm(request) ? uuidv7() : id, message: message || undefined, cookie }
    const conversation = await continueShare(reader, token, asked)
    await tell(reader.id, conversation.id)
    return { conversation, headers: begun?.headers ?? {} }
  }
  if (!isForm(request)) {
    const { conversation, headers } = await copy()
    return Response.json({ conversation }, { status: 201, headers })
  }
  return redirectToSharePage(
    token,
    async () => {
      const { conversation, headers } = await copy()
      return { location: `/c/${conversation.id}`, ...headers }
    },
    "continue",
  )
})

async function newGuest(headers: Headers) {
  const claims = await createGuestSession(headers)
  if (!claims) return null
  const value = await createToken(claims)
  const session = await sessionOf(value)
  const { maxAge, path, secure } = sessionCookieOptions()
  const cookie = `${sessionCookieName()}=${value}; Path=${path}; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? "; Secure" : ""}`
  return session && { user: session.user, headers: { "set-cookie": cookie } }
}
