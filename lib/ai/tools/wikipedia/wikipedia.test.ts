import { createServer, type Server } from "node:http"
import { afterEach, expect, test } from "vitest"
import { lookUp } from "@/lib/ai/tools/wikipedia/tool"
import { wikipediaOutput } from "@/lib/ai/tools/wikipedia/types"

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function wikipedia(answerTo: (query: URLSearchParams) => unknown) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://wikipedia")
    asked.push(`${url.pathname} ${request.headers["user-agent"]} ${url.searchParams.get("titles") ?? ""}`)
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answerTo(url.searchParams)))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/{language}`
  return { url, asked }
}

const page = (index: number, title: string, extract: string) => ({
  ...{ pageid: index, ns: 0, index, title, extract },
  fullurl: `https://de.wikipedia.org/wiki/${title}`,
})

test("returns the best matching article, and the others, in the requested language", async () => {
  const { url, asked } = await wikipedia(() => ({
    query: {
      pages: [page(2, "Feuerschiff", "Ein Schiff."), { ...page(1, "Leuchtturm", "Ein Turm."), description: "Bauwerk" }],
    },
  }))
  const output = await lookUp({ query: "Leuchtturm", language: "de" }, { url, number: 3 })
  expect(wikipediaOutput.parse(output)).toEqual(output)
  expect(output).toEqual({
    language: "de",
    article: {
      title: "Leuchtturm",
      description: "Bauwerk",
      url: "https://de.wikipedia.org/wiki/Leuchtturm",
      text: "Ein Turm.",
      cut: false,
    },
    others: [{ title: "Feuerschiff", description: null, url: "https://de.wikipedia.org/wiki/Feuerschiff" }],
    sources: [{ number: 3, title: "Leuchtturm", url: "https://de.wikipedia.org/wiki/Leuchtturm" }],
  })
  expect(asked).toEqual([expect.stringMatching(/^\/de\/w\/api\.php Sparkler/)])
})

test("returns the whole article when requested, up to the limit", async () => {
  const { url, asked } = await wikipedia((query) => ({
    query: { pages: [page(1, "Turm", query.get("titles") ? "a".repeat(50_000) : "Beginning.")] },
  }))
  const { article } = await lookUp({ query: "Turm", whole: true }, { url, number: 1 })
  expect([article.text.length, article.cut]).toEqual([40_000, true])
  expect(asked[1]).toContain("Turm")
})

test("an empty result is reported", async () => {
  const { url } = await wikipedia(() => ({ batchcomplete: true }))
  await expect(lookUp({ query: "xyzzy" }, { url, number: 1 })).rejects.toThrow("no article about “xyzzy”")
})
