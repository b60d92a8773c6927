import { expect, test } from "vitest"
import { fileIdsIn, fileIdsInStored } from "@/lib/chat/files"
import { parseParts } from "@/lib/messages/parts"

const [image, drawn, other] = [1, 2, 3].map((n) => `00000000-0000-7000-8000-00000000000${n}`)
const call = { type: "tool-s__draw", toolCallId: "c", input: {} }
const content = [
  { type: "text", text: "drawn" },
  { type: "image", id: drawn, width: 1, height: 1 },
  { type: "image", id: "x" },
]

test("files of a message are its images and those that tools returned, read or as they are stored", () => {
  const parts = [
    { type: "text", text: `/api/images/${other}` },
    { type: "file", url: `/api/images/${image}`, mediaType: "image/png" },
    { ...call, state: "output-available", output: { server: "s", tool: "draw", content } },
    { ...call, state: "output-error", errorText: "No", output: { content } },
  ]
  expect(fileIdsIn(parseParts(parts))).toEqual([image, drawn])
  expect(fileIdsInStored(parts)).toEqual([image, drawn])
  expect(fileIdsInStored([null, 7, { state: "output-available", output: "text" }])).toEqual([])
})
