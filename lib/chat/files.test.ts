import { expect, test } from "vitest"
import { fileIdsIn, fileIdsInStored } from "@/lib/chat/files"
import { parseParts } from "@/lib/messages/parts"
import { toolFilesIn, withoutToolFiles } from "@/lib/messages/tool-files"

const file = (id = "") => ({ id, name: "a.txt", size: 9 })
const [image, drawn, other, whole] = [1, 2, 3, 4].map((n) => `00000000-0000-7000-8000-00000000000${n}`)
const call = { type: "tool-s__draw", toolCallId: "c", input: {} }
const content = [
  { type: "text", text: "drawn" },
  { type: "image", id: drawn, width: 1, height: 1 },
  { type: "image", id: "x" },
]

test("a message's files are its images and those returned by tools, whether parsed or as stored", () => {
  const parts = [
    { type: "text", text: `/api/images/${other}` },
    { type: "file", url: `/api/images/${image}`, mediaType: "image/png" },
    { ...call, state: "output-available", output: { server: "s", tool: "draw", content } },
    { ...call, state: "output-available", output: { printed: "", files: [file(other)], tookMs: 1 } },
    { ...call, state: "output-available", output: { beginning: "{", characters: 9, whole: file(whole) } },
    { ...call, state: "output-error", errorText: "No", output: { content } },
  ]
  expect(fileIdsIn(parseParts(parts))).toEqual([image, drawn, other, whole])
  expect(fileIdsInStored(parts)).toEqual([image, drawn, other, whole])
  // They belong to their owner only: other readers of the message don't get them.
  const shown = parseParts(parts).map(withoutToolFiles)
  expect(shown.flatMap(toolFilesIn)).toEqual([])
  expect(shown[3]).toMatchObject({ output: { printed: "", tookMs: 1 } })
  expect(fileIdsInStored([null, 7, { state: "output-available", output: "text" }])).toEqual([])
})
