/** Checks that every request passes first, and headers that every response has. */
import { readdirSync, readFileSync } from "node:fs"
import { acceptedLanguageTags, chosenTag, primarySubtag } from "../i18n/wanted.mjs"
import { isReadable, mended } from "./address.mjs"

/** The message catalogs also used by lib/i18n/sentences.ts, by language. */
const CATALOGUES = new Map(
  readdirSync(new URL("../i18n/", import.meta.url)).flatMap((file) => {
    const [, language] = /^([a-z]+)\.sentences\.json$/.exec(file) ?? []
    const read = () => JSON.parse(readFileSync(new URL(`../i18n/${file}`, import.meta.url), "utf8"))
    return language ? [[language, read()]] : []
  }),
)

/** Must match `languageOf` (lib/i18n/language.ts). */
function catalogueOf({ cookie = "", "accept-language": accepted }) {
  const wanted = [chosenTag(cookie), ...acceptedLanguageTags(accepted).map(primarySubtag)]
  return CATALOGUES.get(wanted.find((language) => CATALOGUES.has(language)) ?? "en")
}

const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "X-Frame-Options": "DENY",
  "Permissions-Policy": "camera=(), microphone=(self), geolocation=(), payment=(), usb=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Origin-Agent-Cluster": "?1",
  // Links written by a model must not be resolved before they are followed: the host name could leak a secret.
  "X-DNS-Prefetch-Control": "off",
}

/** In seconds. Only if people use https: a browser that has seen it uses nothing else. */
const HTTPS_ONLY = { "Strict-Transport-Security": "max-age=31536000" }
let known

/** Headers of every response. */
function headers() {
  known ??= Object.entries(process.env.APP_URL?.trim().startsWith("https:") ? { ...HEADERS, ...HTTPS_ONLY } : HEADERS)
  return known
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
/** Pages are read-only; changes go through API routes. */
const OF_PAGES = ["GET", "HEAD", "OPTIONS"]

/** Paths requested by programs, which get error responses in their own formats. */
const FOR_PROGRAMS = /^\/(?:api|_next)\//

/** Whether a person will look at the response. */
export const isPage = (url) => !FOR_PROGRAMS.test(url)

function refuse(request, response, status, key, more = {}) {
  const [code] = key.split("/", 1)
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...more })
  response.end(JSON.stringify({ error: { code, message: catalogueOf(request.headers)[key] } }))
}

/**
 * Sets the headers of every response and rejects requests that no route can handle; a page's URL is corrected instead.
 * Returns whether to continue. Next.js responds to TRACE and `OPTIONS *` with a 500.
 */
export function screenRequest(request, response) {
  for (const [name, value] of headers()) response.setHeader(name, value)
  const { method, url } = request
  const allowed = url.startsWith("/") && isPage(url) ? OF_PAGES : METHODS
  if (!allowed.includes(method)) {
    refuse(request, response, 405, "request:method", { allow: allowed.join(", ") })
    return false
  }
  if (method === "OPTIONS" && url === "*") {
    response.writeHead(204, { allow: METHODS.join(", ") }).end()
    return false
  }
  if (url.startsWith("/") && !FOR_PROGRAMS.test(url)) request.url = mended(url)
  else if (!url.startsWith("/") || !isReadable(url)) {
    refuse(request, response, 400, "request:invalid/address")
    return false
  }
  return true
}

/** Node.js would respond by itself, without our headers. */
export function refuseExpectation(request, response) {
  for (const [name, value] of headers()) response.setHeader(name, value)
  refuse(request, response, 417, "request:expectation")
}

/** Responds to data that isn't HTTP. */
export function onClientError(error, socket) {
  if (!socket.writable || error.code === "ECONNRESET") return socket.destroy()
  const status = error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request"
  const lines = headers().map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status}`, "Connection: close", "Content-Length: 0", ...lines, "", ""].join("\r\n"))
}
