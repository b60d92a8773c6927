/** The other side of lib/server/other-place.ts: pages that are to be opened by another name. */

const otherPlace = () => Reflect.get(globalThis, Symbol.for("sparkler.otherPlace"))?.value

/** Sends the browser where the page is to be opened; calls `stay` where it is to be opened here. */
export function leadElsewhere({ method, url, headers }, response, stay) {
  const find = otherPlace()
  // Asked for what a person opens in a tab only.
  if (!find || headers["sec-fetch-dest"] !== "document") return stay()
  const named = Object.entries(headers).map(([name, value]) => [name, String(value)])
  find({ method, url, headers: new Headers(named) }).then(
    (place) => (place ? response.writeHead(307, { location: place, "cache-control": "no-store" }).end() : stay()),
    stay,
  )
}
