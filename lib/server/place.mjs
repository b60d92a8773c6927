/** The counterpart of lib/server/other-place.ts: redirects pages that should be opened by another name. */

const otherPlace = () => Reflect.get(globalThis, Symbol.for("sparkler.otherPlace"))?.value

/** Redirects the browser if the page should be opened elsewhere; otherwise calls `stay`. */
export function redirectIfElsewhere({ method, url, headers }, response, stay) {
  const find = otherPlace()
  // Only for pages that a person opens in a tab.
  if (!find || headers["sec-fetch-dest"] !== "document") return stay()
  const named = Object.entries(headers).map(([name, value]) => [name, String(value)])
  find({ method, url, headers: new Headers(named) }).then(
    (place) => (place ? response.writeHead(307, { location: place, "cache-control": "no-store" }).end() : stay()),
    stay,
  )
}
