import { createServer, type RequestListener } from "node:http"
import { afterEach, expect, test } from "vitest"
import { requestContext } from "@/lib/request-context"
import { observed } from "@/lib/server/observe.mjs"
import { routeNames } from "@/lib/server/routes.mjs"

const routeOf = routeNames({
  staticRoutes: [{ page: "/" }, { page: "/api/chat" }],
  dynamicRoutes: [
    { page: "/api/shared/[token]/state", regex: "^/api/shared/([^/]+?)/state(?:/)?$" },
    { page: "/c/[id]", regex: "^/c/([^/]+?)(?:/)?$" },
  ],
})

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function serve(trustsProxy: boolean): Promise<string> {
  const tell: RequestListener = (request, response) =>
    void Promise.resolve().then(() =>
      response.end(JSON.stringify({ ...requestContext(), traceparent: request.headers.traceparent })),
    )
  const server = createServer(observed(tell, routeOf, trustsProxy))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  closing.push(() => server.close())
  const address = server.address()
  return typeof address === "object" && address ? `http://127.0.0.1:${address.port}` : ""
}

const GIVEN = {
  "x-request-id": "0123456789abcdef",
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
}

test("each request has its own id, in its response and throughout its handling", async () => {
  const url = await serve(false)
  const answers = await Promise.all([1, 2].map(() => fetch(`${url}/c/x?secret=1`, { headers: GIVEN })))
  const ids = answers.map(({ headers }) => headers.get("x-request-id"))
  expect(new Set([...ids, GIVEN["x-request-id"]]).size).toBe(3)
  for (const [place, answer] of answers.entries())
    expect(await answer.json()).toEqual({ requestId: ids[place], route: "/c/[id]" })
})

test("a trusted proxy's request id and trace are used, unless the id is invalid", async () => {
  const url = await serve(true)
  const taken = await fetch(url, { headers: GIVEN })
  expect(await taken.json()).toEqual({ requestId: GIVEN["x-request-id"], route: "/", traceparent: GIVEN.traceparent })
  for (const odd of ["short", "with space in it", "<script>alert(1)</script>", "x".repeat(129)]) {
    const answer = await fetch(url, { headers: { "x-request-id": odd } })
    expect(answer.headers.get("x-request-id")).toMatch(/^[\da-f]{16}$/)
  }
})

test.each([
  ["/", "/"],
  ["/?q=hello", "/"],
  ["/api/chat/", "/api/chat"],
  ["/api/shared/abc/state?x=1", "/api/shared/[token]/state"],
  ["/c/018f", "/c/[id]"],
  ["/_next/static/chunks/x.js", "/_next/static"],
  ["/wp-admin.php", "other"],
  ["/c/a/b", "other"],
  ["*", "other"],
])("%s has route %s", (url, route) => {
  expect(routeOf(url)).toBe(route)
})
