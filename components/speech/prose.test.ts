import { describe, expect, it } from "vitest"
import { speechChunks, voiceFor } from "@/components/speech/prose"

describe("text for speech", () => {
  it.each([
    [
      "# A *title*\n\nIt is **very** `small`, [see here](https://x.example/y).",
      ["A title", "It is very small, see here."],
    ],
    ["Before.\n\n```js\nconst a = 1\n```\n\nAfter.", ["Before.", "After."]],
    ["Before.\n```\nnever closed", ["Before."]],
    ["````md\n```\ninner\n```\n````\nAfter.", ["After."]],
    ["| a | b |\n|---|:--|\n| 1 | 2 |", ["a, b.", "1, 2."]],
    ["- one\n- [x] two\n3. three\n> four", ["one", "two", "three", "four"]],
    ["Mass: $$E=mc^2$$ holds.[^1]\n\n[^1]: A note.", ["Mass:", "holds."]],
    ["<b>bold</b> ![chart](/x.png) 3 < 4 and snake_case_name 2 * 3 * 4", ["bold 3 < 4 and snake_case_name 2 * 3 * 4"]],
    ["First. Second! Third?", ["First.", "Second!", "Third?"]],
    ["第一。第二！", ["第一。", "第二！"]],
    ["---\n***\n", []],
    ["See https://example.com/a?b=c now \\*really\\*", ["See now *really*"]],
  ])("%j", (markdown, pieces) => expect(speechChunks(markdown)).toEqual(pieces))

  it("is split into chunks short enough for any voice, without loss", () => {
    const long = `${"word ".repeat(300).trim()}.`
    const pieces = speechChunks(long)
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(220)
    expect(pieces.join(" ")).toBe(long)
    expect(speechChunks("x".repeat(1_000)).join("")).toHaveLength(1_000)
  })
})

describe("voice selection", () => {
  const voice = (lang: string, localService = true, isDefault = false) => ({ lang, localService, default: isDefault })
  const [en, de, ru, cloud] = [voice("en-US"), voice("de_DE"), voice("ru-RU"), voice("fr-FR", false, true)]

  it("prefers a local voice for the script's language, else for the user's", () => {
    const voices = [cloud, en, de, ru]
    expect(voiceFor("Привет", voices, ["en"])).toBe(ru)
    expect(voiceFor("Hallo", voices, ["de-AT", "en"])).toBe(de)
    expect(voiceFor("Bonjour", voices, ["fr-FR"])).toBe(en)
    expect(voiceFor("Hello", [cloud], ["fr-FR"])).toBeNull()
  })
})
