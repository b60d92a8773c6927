import { expect, test } from "vitest"
import { describeFiles } from "@/lib/demo/files"

test("a table is described by its columns, with sums", () => {
  const text = 'city,people,note\n"Bergen, Norway",290000,\nOslo,717000,\n'
  expect(describeFiles([{ name: "a.csv", mediaType: "text/csv", text }])).toBe(
    "**a.csv** has 3 lines and 8 words.\n\nIt is a table of 2 rows and 3 columns:\n\n- city: 2 different values\n- people: 2 numbers from 290,000 to 717,000, together 1,007,000\n- note: empty",
  )
})

test("other text is described by its size and words, and file names are not parsed as Markdown", () => {
  const text = "Lighthouses guide ships.\nLighthouses shine."
  expect(describeFiles([{ name: "**a**.txt", mediaType: "text/plain", text }])).toBe(
    "**a.txt** has 2 lines and 5 words; the main words are lighthouses, guide, ships, shine.",
  )
})
