/** A real OpenID Connect issuer on 127.0.0.1, and a real mail server. The test decides who signs in at the issuer. */
import { createServer, type RequestListener } from "node:http"
import { createServer as createSecureServer } from "node:https"
import type { AddressInfo } from "node:net"
import Provider from "oidc-provider"
import { SMTPServer } from "smtp-server"
import { freePort } from "./app"

export interface Person {
  sub: string
  name?: string
  email?: string
  email_verified?: boolean
}

export const CLIENT = { id: "sparkler", secret: "issuer-secret-0123456789" }

/** A different URL, if it is reached through a proxy. */
interface At {
  url: string
  cert: string
  key: string
}

/** `signsIn` sets who signs in next. */
export async function startIssuer(redirect: string, at?: At) {
  const port = await freePort()
  const url = at?.url ?? `http://127.0.0.1:${port}`
  const people = new Map<string, Person>()
  const state: { person: Person } = { person: { sub: "nobody" } }
  const provider = new Provider(url, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirect] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    findAccount: (_context, sub) => ({ accountId: sub, claims: async () => ({ ...people.get(sub), sub }) }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ clientId: CLIENT.id, accountId: oidc.session?.accountId })
      grant.addOIDCScope("openid email profile")
      await grant.save()
      return grant
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ["of a test"] },
    pkce: { required: () => true },
  })
  const handle = provider.callback()
  const listen: RequestListener = (request, response) => {
    if (!request.url?.startsWith("/interaction/")) return void handle(request, response)
    people.set(state.person.sub, state.person)
    void provider.interactionFinished(request, response, { login: { accountId: state.person.sub } })
  }
  const server = at ? createSecureServer(at, listen) : createServer(listen)
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve))
  return {
    url,
    port,
    signsIn: (person: Person) => {
      state.person = person
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** Accepts every email; `next` waits for one to this address. */
export async function startMailServer() {
  const mails: { to: string[]; text: string }[] = []
  const waiting: (() => void)[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on("data", (part: Buffer) => parts.push(part))
      stream.on("end", () => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: decoded(Buffer.concat(parts)) })
        for (const wake of waiting.splice(0)) wake()
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.server.address() as AddressInfo
  const next = async (to: string, about: string): Promise<string> => {
    for (;;) {
      const found = mails.find((mail) => mail.to.includes(to) && mail.text.includes(about))
      if (found) return found.text
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    next,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}

/** Decodes quoted-printable text. */
const decoded = (mail: Buffer): string =>
  mail
    .toString("utf8")
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
