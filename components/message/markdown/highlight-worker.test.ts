import { beforeAll, expect, test, vi } from "vitest"
import type { ColorReply, ColorRequest, Line } from "@/components/message/markdown/highlight"

const CODE = `// a note
export function greet(name: string) {
  /* of several
     lines */
  return \`Hello \${name}\`
}
`

const worker: {
  onmessage?: (event: { data: ColorRequest }) => Promise<void>
  postMessage: (reply: ColorReply) => void
} = {
  postMessage: () => {},
}

beforeAll(async () => {
  vi.stubGlobal("self", worker)
  await import("@/components/message/markdown/highlight-worker")
})

function ask(block: number, code: string, language: string): Promise<ColorReply> {
  return new Promise((resolve) => {
    worker.postMessage = resolve
    void worker.onmessage?.({ data: { block, code, language } })
  })
}

const colorsOf = (lines: readonly Line[]) =>
  lines.map((line) => line.map(({ content, light }) => `${content} ${light}`))

test("a growing block is highlighted like the complete block, line by line, each line once", async () => {
  const { lines: whole } = await ask(1, CODE, "ts")
  let lines: Line[] = []
  const sent: number[] = []
  for (let length = 5; length < CODE.length + 5; length += 5) {
    const reply = await ask(2, CODE.slice(0, length), "ts")
    lines = [...lines.slice(0, reply.from), ...reply.lines]
    sent.push(reply.lines.length)
    expect(lines.map((line) => line.map(({ content }) => content).join("")).join("\n")).toBe(CODE.slice(0, length))
  }
  expect(colorsOf(lines)).toEqual(colorsOf(whole))
  expect(Math.max(...sent)).toBeLessThanOrEqual(3)
  expect(new Set(whole.flat().map(({ light }) => light)).size).toBeGreaterThan(3)
  expect(whole.flat().every(({ light, dark }) => light && dark)).toBe(true)
})

test("an unknown language is not highlighted, and a different text starts over", async () => {
  expect((await ask(3, "x = 1", "nonsense")).lines).toEqual([])
  await ask(4, "a = 1\nb = 2\n", "python")
  expect(await ask(4, "c", "python")).toMatchObject({ from: 0, length: 1 })
})
