/** A key that a model server echoes must reach nobody. */
import { expect, test } from "vitest"
import { answerWith, event, type Script, stream, text } from "@/lib/generation/raw-upstream.fixture"
import { json, KEY, logged, refused, said, setUpRefused } from "@/lib/generation/refused.fixture"

setUpRefused()

const ECHOES: [how: string, echo: string][] = [
  ["whole", KEY],
  ["in its header", `Authorization: Bearer ${KEY}`],
  ["masked", "fw_3Z…abcd"],
  ["masked with stars", "fw_****abcd"],
  ["in an address", encodeURIComponent(`https://x/?api_key=${KEY}`)],
  ["escaped", [...KEY].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")],
]

/** IDs are random: one may contain a piece of the key. */
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

test.each(ECHOES)("an echoed API key reaches neither the user nor the log: %s", async (_, echo) => {
  const scripts: Script[] = [
    ...[400, 401, 403, 422, 500, 503].map((status) =>
      answerWith(status, said(`Incorrect API key provided: ${echo}.`), { "retry-after": "0" }),
    ),
    answerWith(400, `Invalid key ${echo}`),
    answerWith(422, json({ detail: [{ loc: ["header", "authorization"], msg: `Bad ${echo}`, input: echo }] })),
    answerWith(403, `<html><title>Blocked ${echo}</title><body>${echo}</body></html>`),
    answerWith(200, said(`Bad ${echo}`), { "content-type": "application/json" }),
    answerWith(200, `<html>${echo}</html>`, { "content-type": "text/html" }),
    answerWith(307, echo, { location: `http://127.0.0.1:9/${encodeURIComponent(echo)}` }),
    stream(event({ error: { message: `Bad ${echo}` } })),
    stream(text("Hel"), event({ error: `Bad ${echo}` })),
    stream(text("Hel"), event(`{no json ${echo}`)),
    stream(text("Hel"), event({ choices: echo })),
  ]
  for (const script of scripts) {
    const { read, answer } = await refused(script)
    const everything = `${read}\n${JSON.stringify(answer)}\n${logged.join("\n")}`.replaceAll(ID, "")
    expect(logged.length).toBeGreaterThan(0)
    for (const piece of [KEY, "3Ztk", "tkQ9", "bYcD8", "8abcd", "fw_3Z", "abcd", "\\u0066", "%66"])
      expect(everything).not.toContain(piece)
  }
})
