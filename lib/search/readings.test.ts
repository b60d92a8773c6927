import { expect, test } from "vitest"
import { MAX_RANKED_CHARS } from "@/lib/db/search"
import { readingsOf } from "@/lib/search/search"

const hit = (messageId: string | null, length = 10) => ({ messageId, text: "x".repeat(length) })

test("messages of hits are read in batches of four, long ones alone, titles not at all", () => {
  expect(readingsOf(["a", "b", "c", "d", "e"].map((id) => hit(id)))).toEqual([["a", "b", "c", "d"], ["e"]])
  expect(
    readingsOf([hit("a"), hit(null), hit("b", MAX_RANKED_CHARS), hit("c", MAX_RANKED_CHARS), hit("d"), hit("e")]),
  ).toEqual([["a"], ["b"], ["c"], ["d", "e"]])
  expect(readingsOf([])).toEqual([])
})
