/** A local stand-in for GitHub's sign-in and two endpoints of its API, as documented, on 127.0.0.1 with TLS. */
import { createHash, randomBytes } from "node:crypto"
import { createServer } from "node:https"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"

export const GITHUB_CLIENT = { id: "github-client", secret: "github-secret-0123456789" }

export interface GitHubPerson {
  id: number
  login: string
  name: string | null
  /** The address in the profile, which may be unverified. */
  email: string | null
  emails: { email: string; primary: boolean; verified: boolean }[]
}

export async function startGitHub(certificate: { cert: string; key: string }, redirect: string) {
  const state: { person: GitHubPerson | null; down: boolean } = { person: null, down: false }
  const codes = new Map<string, { challenge: string | null; person: GitHubPerson }>()
  const tokens = new Map<string, GitHubPerson>()

  const authorize = (query: URLSearchParams): string => {
    const code = randomBytes(10).toString("hex")
    if (state.person) codes.set(code, { challenge: query.get("code_challenge"), person: state.person })
    return `${redirect}?${new URLSearchParams({ code, state: query.get("state") ?? "" })}`
  }

  /** Errors have status 200, as GitHub's do. */
  const exchange = (form: URLSearchParams, authorization: string | undefined) => {
    const basic = `Basic ${Buffer.from(`${GITHUB_CLIENT.id}:${GITHUB_CLIENT.secret}`).toString("base64")}`
    const inForm = form.get("client_id") === GITHUB_CLIENT.id && form.get("client_secret") === GITHUB_CLIENT.secret
    if (!inForm && authorization !== basic) return { error: "incorrect_client_credentials" }
    const known = codes.get(form.get("code") ?? "")
    codes.delete(form.get("code") ?? "")
    const verifier = form.get("code_verifier") ?? ""
    const challenge = createHash("sha256").update(verifier).digest("base64url")
    if (known?.challenge !== challenge || form.get("redirect_uri") !== redirect)
      return { error: "bad_verification_code" }
    const token = `gho_${randomBytes(18).toString("hex")}`
    tokens.set(token, known.person)
    return { access_token: token, token_type: "bearer", scope: "read:user,user:email" }
  }

  const server = createServer(certificate, async (request, response) => {
    const url = new URL(request.url ?? "/", `https://${request.headers.host}`)
    const json = (value: unknown, status = 200) =>
      response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(value))
    const asked = `${request.method} ${url.host}${url.pathname}`
    if (asked === "GET github.com/login/oauth/authorize")
      return response.writeHead(302, { location: authorize(url.searchParams) }).end()
    if (asked === "POST github.com/login/oauth/access_token")
      return json(exchange(new URLSearchParams(await text(request)), request.headers.authorization))
    const person = tokens.get(request.headers.authorization?.replace("Bearer ", "") ?? "")
    if (!person || !request.headers["user-agent"]) return json({ message: "Requires authentication" }, 401)
    if (state.down) return json({ message: "Server Error" }, 502)
    const { emails, ...user } = person
    if (asked === "GET api.github.com/user") return json(user)
    if (asked === "GET api.github.com/user/emails") return json(emails)
    return json({ message: "Not Found" }, 404)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    port: (server.address() as AddressInfo).port,
    signsIn: (person: GitHubPerson) => {
      state.person = person
    },
    /** Makes the API fail from now on, or respond again. */
    setDown: (down: boolean) => {
      state.down = down
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
