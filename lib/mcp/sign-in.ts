/**
 * Signing in to an MCP server by OAuth 2.1: authorization code with PKCE. Sparkler identifies itself by the URL of its
 * own client metadata (`app/client-metadata.json`) if the issuer supports that; otherwise it registers dynamically.
 */
import { randomBytes, timingSafeEqual } from "node:crypto"
import { isIP } from "node:net"
import {
  auth,
  computeScopeUnion,
  extractWWWAuthenticateParams,
  type OAuthClientMetadata,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  type StoredOAuthClientInformation,
  type StoredOAuthTokens,
} from "@modelcontextprotocol/client"
import { config } from "@/lib/config"
import { findMcpServer, type McpServerRow, storeSealed } from "@/lib/db/tools/mcp-servers"
import { AppError } from "@/lib/http/errors"
import { fetchFor } from "@/lib/mcp/fetches"
import { wordsOf } from "@/lib/mcp/problems"
import { openSecrets, type Secrets, sealSecrets } from "@/lib/mcp/secrets"

const redirectUrl = () => `${config().address}/api/mcp/callback`

/** Where issuers fetch Sparkler's client metadata; undefined if they couldn't: on this machine, or without https. */
export function clientMetadataUrl(): string | undefined {
  const url = new URL("/client-metadata.json", config().address)
  const host = url.hostname.replace(/^\[|\]$/g, "")
  return url.protocol === "https:" && host.includes(".") && !isIP(host) ? url.href : undefined
}

/** What an issuer displays and validates: the same in the metadata document and in dynamic registration. */
export const clientMetadata = (): OAuthClientMetadata => ({
  client_name: "Sparkler",
  client_uri: config().address,
  redirect_uris: [redirectUrl()],
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
})

/** Stores the SDK's data of one server's sign-in in the row's sealed secrets. */
class SignIn implements OAuthClientProvider {
  /** The authorization URL for the user. */
  leadsTo: URL | null = null
  private secrets: Secrets

  constructor(private row: McpServerRow) {
    this.secrets = openSecrets(row.sealed)
  }

  get redirectUrl(): string {
    return redirectUrl()
  }

  clientMetadataUrl = clientMetadataUrl()

  get clientMetadata(): OAuthClientMetadata {
    return clientMetadata()
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

  /** Merges into the current data, because a concurrent request may have changed it. */
  async keep(change: Partial<Secrets>): Promise<void> {
    for (let tries = 0; tries < 5; tries++) {
      const row = await findMcpServer(this.row.userId, this.row.id)
      if (!row) throw new AppError("mcp:not_found")
      const secrets = { ...openSecrets(row.sealed), ...change }
      const sealed = sealSecrets(secrets)
      if (!(await storeSealed(row, sealed))) continue
      this.row = { ...row, sealed }
      this.secrets = secrets
      return
    }
    throw new AppError("mcp:not_found")
  }
}

/** Sends and refreshes the tokens of a server the user is signed in to; undefined if they aren't. */
export const signInFor = (row: McpServerRow): OAuthClientProvider | undefined =>
  openSecrets(row.sealed).tokens ? new SignIn(row) : undefined

/**
 * The URL where the user signs in to their server. Throws `mcp:not_found`, `mcp:no_sign_in` if the server doesn't
 * support sign-in.
 */
export async function beginSignIn(userId: string, id: string): Promise<URL> {
  const row = await findMcpServer(userId, id)
  if (!row) throw new AppError("mcp:not_found")
  const provider = new SignIn(row)
  const before = openSecrets(row.sealed)
  // The last sign-in never came back: the issuer may be unable to read Sparkler's metadata, and has shown the user an
  // error.
  if (before.state && before.client?.client_id === provider.clientMetadataUrl) provider.clientMetadataUrl = undefined
  try {
    // The user may want another account: discard the previous sign-in.
    await provider.invalidateCredentials("all")
    await provider.keep({ failed: undefined })
    const { scope, ...challenge } = await challengeOf(row)
    // Additional scopes, while keeping those already granted.
    const union = before.wanted ? computeScopeUnion(scope, before.scope, before.wanted) : scope
    await auth(provider, { serverUrl: row.url, ...challenge, scope: union, fetchFn: fetchFor({ own: true }) })
  } catch (cause) {
    throw failedSignIn(row, cause)
  }
  const url = provider.leadsTo
  if (!url || !/^https?:$/.test(url.protocol)) throw new AppError("mcp:no_sign_in", { values: { server: row.name } })
  await provider.keep({ scope: url.searchParams.get("scope") ?? undefined })
  return url
}

/** A call was rejected for lack of scopes: the next sign-in requests these too. */
export async function requestScope(row: McpServerRow, scope: string): Promise<void> {
  const kept = openSecrets((await findMcpServer(row.userId, row.id))?.sealed ?? null)
  const wanted = computeScopeUnion(kept.wanted, scope)
  if (wanted !== kept.wanted) await new SignIn(row).keep({ wanted })
}

/** The metadata location and scope from the server's challenge; empty if it sends none. */
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

/** A disallowed address is reported as such: it shows where the server points. */
function failedSignIn({ name }: McpServerRow, cause?: unknown): AppError {
  if (cause instanceof AppError && !cause.code.startsWith("fetch:")) return cause
  const words = cause instanceof AppError ? cause.message : undefined
  return new AppError("mcp:no_sign_in", { values: { server: name }, words, cause })
}

/** Completes the sign-in with the callback parameters. Throws `mcp:not_found`, `mcp:no_sign_in`. */
export async function endSignIn(userId: string, answer: URLSearchParams): Promise<McpServerRow> {
  const state = answer.get("state") ?? ""
  const row = await findMcpServer(userId, state.split(".")[0] ?? "")
  const expected = row && openSecrets(row.sealed).state
  if (!row || !expected || !isSame(state, expected)) throw new AppError("mcp:not_found")
  const provider = new SignIn(row)
  // A state is valid once.
  await provider.keep({ state: undefined })
  const code = answer.get("code")
  if (!code) {
    const refused = answer.get("error") === "access_denied"
    const words = refused ? undefined : wordsOf(answer.get("error_description") ?? answer.get("error") ?? "")
    await provider.keep({ failed: { refused, words } })
    throw failedSignIn(row)
  }
  try {
    const result = await auth(provider, {
      ...{ serverUrl: row.url, authorizationCode: code, iss: answer.get("iss") ?? undefined },
      fetchFn: fetchFor({ own: true }),
    })
    if (result !== "AUTHORIZED") throw failedSignIn(row)
  } catch (cause) {
    await provider.keep({ failed: { refused: false } })
    throw failedSignIn(row, cause)
  }
  await provider.keep({ verifier: undefined, wanted: undefined })
  return row
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
