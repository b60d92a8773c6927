/** A model server with lists like Fireworks', a deployment that starts on command, and spot models without capacity. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { z } from "zod"

interface ListsServer {
  url: string
  /** Ids requested for answers, not counting titles. */
  asked: string[]
  /** From now on the deployment is up. */
  start(): void
  close(): Promise<void>
}

const model = (name: string) => `accounts/fireworks/models/${name}`
export const DEPLOYMENT = "accounts/me/deployments/mine"
export const GONE = model("ember-1")

const LISTS: Record<string, object> = {
  "/v1/accounts/fireworks/models": {
    models: [
      { name: model("kimi-k3"), deprecationDate: { year: 2099, month: 12, day: 12 } },
      { name: model("glm-5p3"), displayName: "GLM 5.3" },
      { name: model("some-new-model"), displayName: "Some New Model" },
    ],
  },
  "/v1/accounts": { accounts: [{ name: "accounts/me" }] },
  "/v1/accounts/me/deployments": {
    deployments: [{ name: DEPLOYMENT, displayName: "My deployment", state: "READY", replicaCount: 0 }],
  },
}

const question = z.looseObject({ model: z.string(), stream: z.boolean().optional() })

export async function startListsServer(): Promise<ListsServer> {
  let up = false
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1")
    if (request.method === "GET") return json(response, LISTS[pathname] ? 200 : 500, LISTS[pathname] ?? { error: "no" })
    let body = ""
    for await (const piece of request) body += piece
    const { model: id, stream } = question.parse(JSON.parse(body))
    if (stream) server.asked.push(id)
    if (id === GONE) return json(response, 404, { error: { message: "Model not found", code: "NOT_FOUND" } })
    if (id.endsWith("-spot")) return json(response, 503, { error: { message: "No spot capacity" } })
    if (id === DEPLOYMENT && !up)
      return json(
        response,
        503,
        { error: { message: "Scaling up", code: "DEPLOYMENT_SCALING_UP" } },
        { "retry-after": "0" },
      )
    if (!stream)
      return json(response, 200, { id: "t", created: 1, model: id, choices: [choice("message", "A title")], ...USAGE })
    response.writeHead(200, { "content-type": "text/event-stream" })
    response.end(
      `${event(id, choice("delta", `Answered by ${id}.`))}${event(id, { ...choice("delta", ""), finish_reason: "stop" }, USAGE)}data: [DONE]\n\n`,
    )
  }
  const http = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve))
  const address: AddressInfo | string | null = http.address()
  const server: ListsServer = {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/inference/v1`,
    asked: [],
    start: () => {
      up = true
    },
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
  return server
}

const USAGE = { usage: { prompt_tokens: 1_000, completion_tokens: 1_000, total_tokens: 2_000 } }

const choice = (member: "message" | "delta", content: string) => ({
  index: 0,
  [member]: { role: "assistant", content },
  finish_reason: member === "message" ? "stop" : null,
})

const event = (model: string, one: object, rest: object = {}) =>
  `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model, choices: [one], ...rest })}\n\n`

function json(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers })
  response.end(JSON.stringify(body))
}
