import { createServer, type IncomingMessage, type Server } from "node:http"
import { afterEach, describe, expect, test } from "vitest"
import { searchWeb } from "@/lib/ai/tools/search_web/tool"
import { webSearchOutput } from "@/lib/ai/tools/search_web/types"
import { searchConfig } from "@/lib/config-search"

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

interface Asked {
  method?: string
  url?: string
  headers: IncomingMessage["headers"]
  body: string
}

/** A search engine's server that responds with `answers`, one after the other if there are several. */
async function engine(...answers: { status?: number; body: unknown }[]) {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    let body = ""
    for await (const piece of request) body += piece
    asked.push({ method: request.method, url: request.url, headers: request.headers, body })
    const { status = 200, body: said } = answers[Math.min(asked.length, answers.length) - 1] ?? { body: {} }
    response
      .writeHead(status, { "content-type": "application/json" })
      .end(typeof said === "string" ? said : JSON.stringify(said))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`, asked }
}

const search = (env: Record<string, string>, count?: number, first = 1) =>
  searchWeb({ query: "lamps & oil", count }, { settings: searchConfig(env), takeNumbers: () => first })

describe("each engine through its own API", () => {
  test("SearXNG", async () => {
    const results = [
      { url: "https://a.example/", title: "A &amp; B", content: "<b>bold</b>", publishedDate: "2026-11-01T10:00:00" },
      { url: "https://a.example/", title: "The same again", content: "" },
      { url: "ftp://b.example/", title: "No page" },
    ]
    const { url, asked } = await engine({ body: { results, answers: [] } })
    const output = await search({ SEARXNG_URL: `${url}/` }, undefined, 4)
    expect(webSearchOutput.parse(output)).toEqual(output)
    expect(output).toEqual({
      query: "lamps & oil",
      engine: "SearXNG",
      sources: [{ number: 4, title: "A & B", url: "https://a.example/", snippet: "bold", date: "2026-11-01" }],
    })
    expect(asked[0]?.url).toBe("/search?q=lamps+%26+oil&format=json")
  })

  test("Brave", async () => {
    const results = [
      { url: "https://a.example/", title: "A", description: "<strong>x</strong> y", page_age: "2026-01-02T00:00:00" },
    ]
    const { url, asked } = await engine({ body: { web: { results } } })
    expect(await search({ BRAVE_API_KEY: "key-1", BRAVE_URL: url }, 3)).toMatchObject({
      engine: "Brave",
      sources: [{ title: "A", snippet: "x y", date: "2026-01-02" }],
    })
    expect(asked[0]).toMatchObject({
      url: "/res/v1/web/search?q=lamps+%26+oil&count=3",
      headers: { "x-subscription-token": "key-1" },
    })
  })

  test("Tavily", async () => {
    const { url, asked } = await engine({
      body: { results: [{ url: "https://a.example/", title: "A", content: "c" }] },
    })
    expect(await search({ TAVILY_API_KEY: "key-2", TAVILY_URL: url }, 5)).toMatchObject({ engine: "Tavily" })
    expect(asked[0]).toMatchObject({ method: "POST", url: "/search", headers: { authorization: "Bearer key-2" } })
    expect(JSON.parse(asked[0]?.body ?? "")).toEqual({ query: "lamps & oil", max_results: 5 })
  })

  test("Exa", async () => {
    const results = [{ url: "https://a.example/", title: null, highlights: ["one", "two"], publishedDate: "odd" }]
    const { url, asked } = await engine({ body: { results } })
    expect(await search({ EXA_API_KEY: "key-3", EXA_URL: url })).toMatchObject({
      engine: "Exa",
      sources: [{ title: "a.example", snippet: "one … two", date: null }],
    })
    expect(asked[0]?.headers["x-api-key"]).toBe("key-3")
    expect(JSON.parse(asked[0]?.body ?? "")).toEqual({
      query: "lamps & oil",
      numResults: 8,
      contents: { highlights: true },
    })
  })
})

test("returns no more results than requested", async () => {
  const results = Array.from({ length: 30 }, (_, n) => ({ url: `https://a.example/${n}`, title: `${n}`, content: "" }))
  const { url } = await engine({ body: { results } })
  expect((await search({ SEARXNG_URL: url }, 5)).sources).toHaveLength(5)
  expect((await search({ SEARXNG_URL: url })).sources).toHaveLength(8)
})

describe("reported errors", () => {
  test.each([
    ["no results", [{ body: { results: [] } }], "No web pages were found for “lamps & oil”"],
    ["a refused key", [{ status: 403, body: {} }], "SearXNG refused access (403)"],
    [
      "a limit that stays",
      [
        { status: 429, body: {} },
        { status: 429, body: {} },
      ],
      "Too many requests to SearXNG",
    ],
    [
      "an error that stays",
      [
        { status: 500, body: {} },
        { status: 500, body: {} },
      ],
      "rejected the request (500)",
    ],
    ["what is no JSON", [{ body: "<html>" }], "can't be read"],
    ["another shape", [{ body: { hits: [] } }], "can't be read"],
    ["too many values", [{ body: `{"results":[${"0,".repeat(60_000)}0]}` }], "can't be read"],
    ["too much", [{ body: `"${"a".repeat(2_100_000)}"` }], "too much data"],
  ])("%s", async (_, answers, words) => {
    const { url } = await engine(...answers)
    await expect(search({ SEARXNG_URL: url })).rejects.toThrow(words)
  })

  test("an unreachable server", async () => {
    await expect(search({ SEARXNG_URL: "http://127.0.0.1:9" })).rejects.toThrow("Can't reach SearXNG")
  })
})

test("a busy server is retried", async () => {
  const { url, asked } = await engine(
    { status: 503, body: {} },
    { body: { results: [{ url: "https://a.example/", title: "A" }] } },
  )
  expect((await search({ SEARXNG_URL: url })).sources).toHaveLength(1)
  expect(asked).toHaveLength(2)
})
