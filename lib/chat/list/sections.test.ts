import { expect, test } from "vitest"
import { homeOf, type PlaceChange, placeAfter, type Section } from "@/lib/chat/list/sections"

const anywhere = [
  { pinned: false, archived: false, folderId: null },
  { pinned: true, archived: false, folderId: "a" },
  { pinned: false, archived: true, folderId: "a" },
]

test.each<[PlaceChange, Section[]]>([
  [{ pinned: true }, ["pinned", "pinned", "pinned"]],
  [{ archived: true }, ["archived", "archived", "archived"]],
  [{ folderId: "b" }, ["folder:b", "folder:b", "folder:b"]],
  [{ folderId: null }, ["list", "list", "list"]],
  // What is taken back leads to where it stood before.
  [{ pinned: false }, ["list", "folder:a", "archived"]],
  [{ archived: false }, ["list", "pinned", "folder:a"]],
])("after %j a conversation stands in one place", (change, homes) => {
  expect(anywhere.map((before) => homeOf({ ...before, ...placeAfter(change) }))).toEqual(homes)
})
