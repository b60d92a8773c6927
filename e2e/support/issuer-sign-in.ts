/** Signs in through an issuer with the same requests as a browser, but without one: for many people. */

/** Cookies of one browser, of both the app and the issuer: their names differ. */
class Jar {
  private readonly kept = new Map<string, string>()

  take(response: Response): Response {
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = cookie.split(";")[0]?.split(/=(.*)/s) ?? []
      this.kept.set(name, value)
    }
    return response
  }

  get header(): string {
    return [...this.kept].map(([name, value]) => `${name}=${value}`).join("; ")
  }
}

const MAX_STEPS = 10

/** Signs in to the app through its issuer, as the person the issuer names next. Returns the final URL. */
export async function signInWithIssuer(app: string): Promise<string> {
  const jar = new Jar()
  const ask = async (address: string, body?: URLSearchParams) => {
    const headers = { cookie: jar.header, origin: app }
    return jar.take(await fetch(address, { headers, redirect: "manual", ...(body && { method: "POST", body }) }))
  }
  const { csrfToken } = await (await ask(`${app}/api/auth/csrf`)).json()
  const begun = await ask(`${app}/api/auth/signin/oidc`, new URLSearchParams({ csrfToken, json: "true" }))
  let place: string = (await begun.json()).url
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const arrives = place.startsWith(`${app}/api/auth/callback/`)
    const response = await ask(place)
    await response.body?.cancel()
    if (!response.headers.has("location")) return `${response.status} ${place}`
    place = new URL(response.headers.get("location") ?? "", place).href
    if (arrives) return place
  }
  throw new Error(`no end: ${place}`)
}
