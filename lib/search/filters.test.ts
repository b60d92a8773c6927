import { expect, test } from "vitest"
import { completeFilter, passes, readFilters, unfinishedFilter } from "@/lib/search/filters"

test.each([
  ["tag:work lamp", " lamp", [{ kind: "tag", name: "work", open: false }]],
  ["lamp tag:wo", "lamp ", [{ kind: "tag", name: "wo", open: true }]],
  ['folder:"My Projects" lamp', " lamp", [{ kind: "folder", name: "my projects", open: false }]],
  ["Folder:“Über uns”", "", [{ kind: "folder", name: "uber uns", open: false }]],
  ['folder:"my p', "", [{ kind: "folder", name: "my p", open: true }]],
  [
    "tag:a tag:b",
    " ",
    [
      { kind: "tag", name: "a", open: false },
      { kind: "tag", name: "b", open: true },
    ],
  ],
  ['tag:"Late Summer"', "", [{ kind: "tag", name: "late-summer", open: false }]],
  ["tag: lamp", " lamp", []],
  ['"tag:work" lamp', '"tag:work" lamp', []],
  ["hashtag:work", "hashtag:work", []],
  ["see http://x/tag:1", "see http://x/tag:1", []],
  ["", "", []],
])("%j", (input, text, filters) => {
  expect(readFilters(input)).toEqual({ text, filters })
})

test("an unfinished name matches by prefix, a finished one as a whole", () => {
  expect(passes({ kind: "tag", name: "wo", open: true }, "Work")).toBe(true)
  expect(passes({ kind: "tag", name: "wo", open: false }, "Work")).toBe(false)
  expect(passes({ kind: "tag", name: "uber", open: false }, "Über")).toBe(true)
})

test.each([
  ["tag:", "tag", ""],
  ["lamp Tag:Wö", "tag", "wo"],
  ['folder:"my p', "folder", "my p"],
  ['folder:"my p"', null, ""],
  ["tag:work ", null, ""],
  ["lamp wo", null, "wo"],
  ["hashtag:wo", null, "hashtag:wo"],
  ["", null, ""],
])("%j: the filter being typed", (text, kind, name) => {
  expect(unfinishedFilter(text)).toEqual({ kind, name })
})

test.each([
  ["lamp wo", "tag", "work", "lamp tag:work "],
  ["tag:wo", "tag", "work", "tag:work "],
  ['lamp folder:"my p', "folder", "my projects", 'lamp folder:"my projects" '],
  ["folder:“my p", "folder", "my projects", 'folder:"my projects" '],
  ["folder:", "folder", "“Ideas”", "folder:Ideas "],
  ["", "folder", "«Mon projet»", 'folder:"Mon projet" '],
  ["", "folder", 'a "b" c', 'folder:"a b c" '],
] as const)("%j is completed", (text, kind, name, completed) => {
  expect(completeFilter(text, kind, name)).toBe(completed)
  expect(readFilters(completed).filters.at(-1)).toMatchObject({ kind, open: false })
  expect(passes(readFilters(completed).filters[0] ?? { kind, name: "", open: false }, name)).toBe(true)
})
