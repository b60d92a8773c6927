/** Follows the issuer's redirects like the user's browser; returns the callback URL that leads back to Sparkler. */
export async function follow(begin: URL, callback: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let at = begin
  for (let hops = 0; hops < 10; hops++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ")
    const response = await fetch(at, { redirect: "manual", headers: { cookie } })
    const location = response.headers.get("location")
    if (!location) throw new Error(`${at.href}: ${response.status} ${await response.text()}`)
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    at = new URL(location, at)
    if (at.href.startsWith(callback)) return at
  }
  throw new Error("too many redirects")
}
