import { expect, test } from "vitest"
import { type PlaceChange, placeAfter, type Section, sectionsOf } from "@/lib/chat/list/sections"

const anywhere = [
  { pinned: false, archived: false, folderId: null },
  { pinned: true, archived: false, folderId: "a" },
  { pinned: false, archived: true, folderId: "a" },
]

test.each<[PlaceChange, Section[][]]>([
  [{ pinned: true }, [["pinned"], ["pinned", "folder:a"], ["pinned", "folder:a"]]],
  [{ archived: true }, [["archived"], ["archived"], ["archived"]]],
  // A pinned one stays pinned.
  [{ folderId: "b" }, [["folder:b"], ["pinned", "folder:b"], ["folder:b"]]],
  [{ folderId: null }, [["list"], ["pinned"], ["list"]]],
  // Undoing a change leads back to the previous place.
  [{ pinned: false }, [["list"], ["folder:a"], ["archived"]]],
  [{ archived: false }, [["list"], ["pinned", "folder:a"], ["folder:a"]]],
])("after %j a conversation is in the expected sections", (change, sections) => {
  expect(anywhere.map((before) => sectionsOf({ ...before, ...placeAfter(change) }))).toEqual(sections)
})
