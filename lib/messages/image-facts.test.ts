import { expect, it } from "vitest"
import { factsMetadata, imageFactsOf } from "@/lib/messages/image-facts"

const facts = {
  width: 640,
  height: 480,
  thumbhash: "1QcSHQRnh493V4dIh4eXh1h4kJUI",
  alt: "A cat",
  detail: "full" as const,
  derivedFrom: { id: "i1", region: { x: 0, y: 10, width: 20, height: 30 } },
}

it("facts are read back as they were stored in a part", () => {
  expect(imageFactsOf(factsMetadata(facts))).toEqual(facts)
  expect(imageFactsOf(factsMetadata({ alt: "A cat" }))).toEqual({ alt: "A cat" })
})

it("a part without facts has no metadata, and a part from an earlier version has no facts", () => {
  expect(factsMetadata({})).toEqual({})
  expect(factsMetadata({ alt: undefined })).toEqual({})
  expect(imageFactsOf({})).toEqual({})
  expect(imageFactsOf({ providerMetadata: { other: { width: 1 } } })).toEqual({})
})

it.each([
  ["a size that is none", { width: 0, height: 4 }, {}],
  ["half a size", { width: 4 }, {}],
  ["a detail that this version doesn't know", { detail: "huge", alt: "x" }, { alt: "x" }],
  ["an origin without a region", { derivedFrom: { id: "i1" } }, {}],
  [
    "a region that is turned inside out",
    { derivedFrom: { id: "i1", region: { x: 0, y: 0, width: -1, height: 2 } } },
    {},
  ],
])("%s is ignored", (_, kept, read) => {
  expect(imageFactsOf({ providerMetadata: { sparkler: kept } })).toEqual(read)
})
