/** What a recorder keeps, and how much of it is read back. */
import { expect, test } from "vitest"
import { keptLines, TurnRecorder, withoutPictures } from "@/lib/recording/recorder"

test("the body is JSON without its images, even inside nested JSON strings", () => {
  const body = {
    picture: "data:image/png;base64,AAAA",
    result: JSON.stringify({ url: "data:image/png;base64,AAAA", after: 1 }),
    words: 'write "data:image/png;base64, and so on',
  }
  const told: string[] = []
  const plain = JSON.parse(
    withoutPictures(JSON.stringify(body), (sha256, _type, bytes) => told.push(`${sha256} ${bytes}`)),
  )
  const [sha256] = told[0]?.split(" ") ?? []
  expect(told).toEqual([`${sha256} 3`, `${sha256} 3`])
  expect(plain).toEqual({
    picture: `sha256:${sha256}`,
    result: JSON.stringify({ url: `sha256:${sha256}`, after: 1 }),
    words: body.words,
  })
})

test("when there are more runs than fit, the first ones are kept, followed by a truncation marker", async () => {
  const run = async () => {
    const recorder = new TurnRecorder()
    recorder.chunks([`{"type":"text-delta","id":"1","delta":"${"ä".repeat(500)}"}`])
    return recorder.take()
  }
  const runs = [await run(), await run(), await run()]
  const kinds = async (most: number) => (await keptLines(runs, most)).map(([kind]) => kind)
  const one = ["run", "chunks"]
  expect(await kinds(10_000)).toEqual([...one, ...one, ...one])
  expect(await kinds(2_500)).toEqual([...one, ...one, "cut"])
})
