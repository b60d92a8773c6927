import { expect, test } from "vitest"
import { combinedTally, recordOf, winRate } from "@/lib/models/record"

test("each model has its wins, losses, ties and both-bad votes, blind and open separately, best first", () => {
  const record = recordOf([
    { blind: false, models: ["a", "b"], winner: "b", outcome: "better" },
    { blind: true, models: ["a", "b", "c"], winner: "b", outcome: "better" },
    { blind: true, models: ["a", "c"], winner: null, outcome: "tie" },
    { blind: true, models: ["a", "c"], winner: null, outcome: "bad" },
  ])
  expect(record).toEqual([
    { model: "b", blind: { won: 1, lost: 0, tied: 0, bad: 0 }, open: { won: 1, lost: 0, tied: 0, bad: 0 } },
    { model: "c", blind: { won: 0, lost: 1, tied: 1, bad: 1 }, open: { won: 0, lost: 0, tied: 0, bad: 0 } },
    { model: "a", blind: { won: 0, lost: 1, tied: 1, bad: 1 }, open: { won: 0, lost: 1, tied: 0, bad: 0 } },
  ])
  expect(record.map((one) => winRate(combinedTally(one)))).toEqual([1, 0.5 / 3, 0.125])
  expect(winRate({ won: 0, lost: 0, tied: 0, bad: 0 })).toBeNull()
})
