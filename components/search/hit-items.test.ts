import { expect, test } from "vitest"
import { hitPath } from "@/components/search/hit-items"
import type { SearchHit } from "@/lib/search/types"

const hit: SearchHit = {
  ...{ conversationId: "c1", title: { text: "Birds", marks: [] }, date: "2026-11-29T10:00:00.000Z" },
  message: { id: "m1", role: "user", excerpt: { text: "an owl", marks: [[3, 6]] } },
}

test("a hit links to its chat, its message, and the matching page of a document", () => {
  expect(hitPath({ ...hit, message: null })).toBe("/c/c1")
  expect(hitPath(hit)).toBe("/c/c1?message=m1")
  const document = { id: "d1", name: "Report.pdf", kind: "pdf" as const, page: 11 }
  expect(hitPath({ ...hit, message: hit.message && { ...hit.message, document } })).toBe(
    "/c/c1?message=m1&document=d1&page=11",
  )
})
