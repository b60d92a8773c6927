/** The linearizability check detects violations. */
import { expect, test } from "vitest"
import { contradictions, type Look, type Turn } from "@/app/api/several/clients.fixture"

const turn = (id: string, asked: number, accepted: number | null): Turn => ({
  ...{ id, asked, accepted },
  ...{ answerId: "", words: 0, seen: [], text: "", breaks: 0, arrivals: [] },
})
const look = (asked: number, answered: number, ...ids: string[]): Look => ({ asked, answered, ids })
const TURNS = [turn("a", 0, 10), turn("b", 5, 20), turn("c", 30, 40)]

test.each<[string, string[], Turn[], Look[]]>([
  ["one after the other", ["a", "b", "c"], TURNS, [look(11, 12, "a"), look(21, 25, "a", "b"), look(41, 42, "b", "c")]],
  ["at the same time, in either order", ["b", "a", "c"], TURNS, []],
  ["with unknown acceptance", ["a", "b", "c"], [...TURNS, turn("d", 50, null)], []],
])("no contradiction is found: %s", (_, order, turns, looks) => {
  expect(contradictions(order, turns, looks)).toEqual([])
})

test.each<[string, string[], Look[], RegExp]>([
  ["is lost", ["a", "b"], [], /c was accepted and is not there/],
  ["is there twice", ["a", "b", "a", "c"], [], /twice/],
  ["is before an earlier one", ["c", "a", "b"], [], /c was asked after a was accepted/],
  ["is not seen after it was accepted", ["a", "b", "c"], [look(45, 50, "a", "b")], /does not show c/],
  ["was seen at a position it never had", ["a", "b", "c"], [look(21, 22, "b", "a")], /never stood/],
  [
    "is seen, then disappears",
    ["a", "b", "c"],
    [look(31, 33, "a", "b", "c"), look(34, 35, "a", "b")],
    /less than one before/,
  ],
])("a contradiction is found when a message %s", (_, order, looks, words) => {
  expect(contradictions(order, TURNS, looks).join()).toMatch(words)
})
