/** Signing in to an MCP server by OAuth 2.1: authorization code with PKCE, Sparkler registered by itself. */
import { randomBytes, timingSafeEqual } from "node:crypto"
import {
  auth,
  extractWWWAuthenticateParams,
  type OAuthClientMetadata,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  type StoredOAuthClientInformation,
  type StoredOAuthTokens,
} from "@modelcontextprotocol/client"
import { config } from "@/lib/config"
import { findMcpServer, keepSealed, type McpServerRow } from "@/lib/db/tools/mcp-servers"
import { AppError } from "@/lib/http/errors"
import { fetchFor } from "@/lib/mcp/fetches"
import { openSecrets, type Secrets, sealSecrets } from "@/lib/mcp/secrets"

const redirectUrl = () => `${config().address}/api/mcp/callback`

/** What the SDK keeps of one server's sign-in, in the row's sealed secrets. */
class SignIn implements OAuthClientProvider {
  /** Where the person has to go. */
  leadsTo: URL | null = null
  private secrets: Secrets

  constructor(private row: McpServerRow) {
    this.secrets = openSecrets(row.sealed)
  }

  get redirectUrl(): string {
    return redirectUrl()
  }

  get clientMetadata(): OAuthClientMetadata {
    return {
      client_name: "Sparkler",
      redirect_uris: [redirectUrl()],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    }
  }

  async state(): Promise<string> {
    const state = `${this.row.id}.${randomBytes(24).toString("base64url")}`
    await this.keep({ state })
    return state
  }

  clientInformation = (): StoredOAuthClientInformation | undefined => this.secrets.client
  saveClientInformation = (client: StoredOAuthClientInformation): Promise<void> => this.keep({ client: { ...client } })
  tokens = (): StoredOAuthTokens | undefined => this.secrets.tokens
  saveTokens = (tokens: StoredOAuthTokens): Promise<void> => this.keep({ tokens: { ...tokens } })
  redirectToAuthorization = (url: URL): void => {
    this.leadsTo = url
  }
  saveCodeVerifier = (verifier: string): Promise<void> => this.keep({ verifier })
  codeVerifier = (): string => this.secrets.verifier ?? ""
  saveDiscoveryState = (discovery: OAuthDiscoveryState): Promise<void> => this.keep({ discovery: { ...discovery } })
  discoveryState = (): OAuthDiscoveryState | undefined => this.secrets.discovery

  async invalidateCredentials(scope: "all" | "client" | "tokens" | "verifier" | "discovery"): Promise<void> {
    const all = scope === "all"
    await this.keep({
      ...((all || scope === "client") && { client: undefined }),
      ...((all || scope === "tokens") && { tokens: undefined }),
      ...((all || scope === "verifier") && { verifier: undefined }),
      ...((all || scope === "discovery") && { discovery: undefined }),
    })
  }

  /** Another request may have changed what is kept: its changes stay. */
  async keep(change: Partial<Secrets>): Promise<void> {
    for (let tries = 0; tries < 5; tries++) {
      const row = await findMcpServer(this.row.userId, this.row.id)
      if (!row) throw new AppError("mcp:not_found")
      const secrets = { ...openSecrets(row.sealed), ...change }
      const sealed = sealSecrets(secrets)
      if (!(await keepSealed(row, sealed))) continue
      this.row = { ...row, sealed }
      this.secrets = secrets
      return
    }
    throw new AppError("mcp:not_found")
  }
}

/** Sends the tokens of a server that the person is signed in to, and renews them; undefined where they aren't. */
export const signInFor = (row: McpServerRow): OAuthClientProvider | undefined =>
  openSecrets(row.sealed).tokens ? new SignIn(row) : undefined

/** Where the person signs in to their server. Throws `mcp:not_found`, `mcp:no_sign_in` where the server has no such way. */
export async function beginSignIn(userId: string, id: string): Promise<URL> {
  const row = await findMcpServer(userId, id)
  if (!row) throw new AppError("mcp:not_found")
  const provider = new SignIn(row)
  try {
    // Another account may be meant: nothing of the sign-in before counts.
    await provider.invalidateCredentials("all")
    await auth(provider, { serverUrl: row.url, ...(await challengeOf(row)), fetchFn: fetchFor({ own: true }) })
  } catch (cause) {
    throw failedSignIn(row, cause)
  }
  const url = provider.leadsTo
  if (!url || !/^https?:$/.test(url.protocol)) throw new AppError("mcp:no_sign_in", { values: { server: row.name } })
  return url
}

/** Where the server says that its metadata is, and what it wants asked for; nothing where it says nothing of it. */
async function challengeOf({ url, sealed }: McpServerRow) {
  const response = await fetchFor({ own: true })(url, {
    method: "POST",
    headers: {
      ...openSecrets(sealed).headers,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 0, method: "ping" }),
  })
  await response.body?.cancel()
  if (response.status !== 401) return {}
  const { resourceMetadataUrl, scope } = extractWWWAuthenticateParams(response)
  return { resourceMetadataUrl, scope }
}

/** Addresses that may not be asked are told as what they are: where the server leads. */
function failedSignIn({ name }: McpServerRow, cause?: unknown): AppError {
  if (cause instanceof AppError && !cause.code.startsWith("fetch:")) return cause
  const words = cause instanceof AppError ? cause.message : undefined
  return new AppError("mcp:no_sign_in", { values: { server: name }, words, cause })
}

/** Takes what the server sent the person back with. Throws `mcp:not_found`, `mcp:no_sign_in`. */
export async function endSignIn(userId: string, answer: URLSearchParams): Promise<McpServerRow> {
  const state = answer.get("state") ?? ""
  const row = await findMcpServer(userId, state.split(".")[0] ?? "")
  const expected = row && openSecrets(row.sealed).state
  if (!row || !expected || !isSame(state, expected)) throw new AppError("mcp:not_found")
  const provider = new SignIn(row)
  // A state is good once.
  await provider.keep({ state: undefined })
  const code = answer.get("code")
  if (!code) throw failedSignIn(row)
  try {
    const result = await auth(provider, {
      ...{ serverUrl: row.url, authorizationCode: code, iss: answer.get("iss") ?? undefined },
      fetchFn: fetchFor({ own: true }),
    })
    if (result !== "AUTHORIZED") throw failedSignIn(row)
  } catch (cause) {
    throw failedSignIn(row, cause)
  }
  await provider.keep({ verifier: undefined })
  return row
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
