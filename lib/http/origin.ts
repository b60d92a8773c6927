/**
 * Whether a request may change data. Browsers state where a request comes from; programs without `Origin` and
 * `Sec-Fetch-Site` carry nobody else's cookies, so they pass. Compared as parsed origins, never by prefix (NextChat
 * CVE-2023-49785).
 */
export function isSameOrigin(headers: Headers, appUrl: string | undefined): boolean {
  const site = headers.get("sec-fetch-site")
  if (site !== null && site !== "same-origin" && site !== "none") return false
  const origin = headers.get("origin")
  if (origin === null) return true
  if (!URL.canParse(origin)) return false
  const from = new URL(origin)
  if (appUrl && from.origin === appUrl) return true
  const host = headers.get("host")
  if (host === null || from.host !== host) return false
  return isPrivateHost(from.hostname)
}

/**
 * A name that no public DNS server can point elsewhere: `Host` alone is trusted only for these, otherwise another site
 * could rebind its name to this machine. Others need `APP_URL`.
 */
export function isPrivateHost(hostname: string): boolean {
  const name = hostname.toLowerCase()
  if (name.startsWith("[") || /^\d{1,3}(\.\d{1,3}){3}$/.test(name)) return true
  if (!name.includes(".")) return true
  return /\.(localhost|local|lan|internal|test|home\.arpa|ts\.net)$/.test(name)
}
