import { describe, expect, it } from "vitest"
import { faultOf, placed, saidIn } from "@/components/composer/dictated"

const results = (...texts: string[]) => texts.map((transcript) => ({ isFinal: true, 0: { transcript } }))

describe("dictated text", () => {
  it("is joined with the spacing of its script", () => {
    expect(saidIn(results("hello there", " how are you"))).toBe("hello there how are you")
    expect(saidIn(results("今日は", "いい天気"))).toBe("今日はいい天気")
    expect(saidIn(results("well", ", yes", ""))).toBe("well, yes")
    expect(saidIn([])).toBe("")
  })

  it.each([
    ["", "hello", "", "hello", 5],
    ["Dear Ann,", "hello", "", "Dear Ann, hello", 15],
    ["Dear Ann,\n", "hello", "Bob", "Dear Ann,\nhello Bob", 15],
    ["(", "hello", ")", "(hello)", 6],
    ["one ", "two", ", three", "one two, three", 7],
    ["你", "好", "吗", "你好吗", 2],
    ["half", "", " a word", "half a word", 4],
  ])("in %j|%j: the caret is placed after it", (before, said, after, text, caret) =>
    expect(placed(before, said, after)).toEqual({ text, caret }),
  )

  it("maps recognition errors to messages; aborting is not an error", () => {
    expect(["not-allowed", "no-speech", "network", "audio-capture", "odd", "aborted"].map(faultOf)).toEqual([
      "denied",
      "nothingHeard",
      "unreachable",
      "noMicrophone",
      "failed",
      null,
    ])
  })
})
