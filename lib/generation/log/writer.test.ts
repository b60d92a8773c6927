import { randomUUID } from "node:crypto"
import { expect, test } from "vitest"
import { eventLog } from "@/lib/bus/here"
import { createWriter } from "@/lib/generation/log/writer"

test("followers are told the answer ended even if something could not be written", async () => {
  const log = eventLog()
  const id = randomUUID()
  await log.open(id)
  const writer = createWriter(id)
  writer.write({ type: "text-start", id: "t" })
  await writer.settle()
  // Can't be converted to JSON.
  writer.write({ type: "data-odd", data: { n: 1n } })
  await writer.end([{ type: "error", errorText: "It could not be stored." }, { type: "finish" }])
  const told: string[] = []
  const events = await log.follow(id, -1, new AbortController().signal)
  for await (const batch of events ?? []) for (const { json } of batch) told.push(JSON.parse(json).type)
  expect(told).toEqual(["text-start", "error", "finish"])
})
