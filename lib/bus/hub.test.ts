/** An implementation that reaches other processes: the same cases, each with two connections. */
import { expect, test } from "vitest"
import { busCases } from "@/lib/bus/bus.cases"
import { startHub } from "@/lib/bus/hub.fixture"
import { connectHub } from "@/lib/bus/hub-client.fixture"
import { logCases } from "@/lib/bus/log.cases"

async function twoOf(lingerMs?: number) {
  const hub = await startHub(lingerMs)
  const [one, other] = [await connectHub(hub.socket), await connectHub(hub.socket)]
  const close = async () => {
    await Promise.all([one.close(), other.close()])
    await hub.close()
  }
  return { hub, one, other, close }
}

busCases(async () => {
  const { one, other, close } = await twoOf()
  return { here: one.bus, there: other.bus, close }
})

logCases(async (lingerMs) => {
  const { one, other, close } = await twoOf(lingerMs)
  return { writer: one.log, reader: other.log, close }
})

test("after the bus was unreachable, subscribers are told they may have missed messages, and receive again", async () => {
  const { hub, one, other, close } = await twoOf()
  const heard: string[] = []
  await other.bus.subscribe("t", { hear: (text) => void heard.push(text), missed: () => void heard.push("missed") })
  await one.bus.publish("t", "before")
  await expect.poll(() => heard).toEqual(["before"])
  hub.cut()
  await expect.poll(() => heard).toEqual(["before", "missed"])
  await expect
    .poll(() =>
      one.bus.publish("t", "after").then(
        () => true,
        () => false,
      ),
    )
    .toBe(true)
  await expect.poll(() => heard).toEqual(["before", "missed", "after"])
  await close()
})

test("a follower is told when its log is unreachable, and resumes where it was", async () => {
  const { hub, one, other, close } = await twoOf()
  await one.log.open("g")
  await one.log.append("g", ["1", "2"])
  const events = (await other.log.follow("g", -1, new AbortController().signal))?.[Symbol.asyncIterator]()
  expect((await events?.next())?.value).toHaveLength(2)
  const next = events?.next()
  hub.cut()
  await expect(next).rejects.toThrow("out of reach")
  await expect
    .poll(() =>
      one.log.end("g", ["3"]).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true)
  expect(await other.log.read("g", 1)).toEqual([{ seq: 2, json: "3" }])
  await close()
})
