/** Maps a URL to its route: a name from a bounded set for metrics and logs, without IDs, tokens, and queries. */

const FILES = "/_next/static/"
const OTHER = "other"

/**
 * @param {{staticRoutes: {page: string}[], dynamicRoutes: {page: string, regex: string}[]}} manifest the build's routes
 * @returns {(url: string) => string} the route pattern of a URL; `other` if no route matches
 */
export function routeNames({ staticRoutes, dynamicRoutes }) {
  const plain = new Set(staticRoutes.map(({ page }) => page))
  const patterns = dynamicRoutes.map(({ page, regex }) => ({ page, regex: new RegExp(regex) }))
  return (url) => {
    const path = url.split("?", 1)[0].replace(/(?<=.)\/$/, "")
    if (plain.has(path)) return path
    if (path.startsWith(FILES)) return "/_next/static"
    return patterns.find(({ regex }) => regex.test(path))?.page ?? OTHER
  }
}
