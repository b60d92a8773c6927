import { parse as whole } from "@formatjs/icu-messageformat-parser"
import { describe, expect, it } from "vitest"
import germanFailed from "./de.failed.json"
import german from "./de.json"
import germanSentences from "./de.sentences.json"
import failed from "./en.failed.json"
import english from "./en.json"
import sentences from "./en.sentences.json"
import { parse } from "./icu"

const textsOf = (value: unknown): string[] =>
  typeof value === "string" ? [value] : Object.values(Object(value)).flatMap(textsOf)

describe("messages", () => {
  it("parse the same as with next-intl's parser", () => {
    const messages = [english, failed, sentences, german, germanFailed, germanSentences].flatMap(textsOf)
    expect(messages.length).toBeGreaterThan(1_500)
    for (const message of messages) expect(parse(message), message).toEqual(whole(message))
  })

  it.each([
    "",
    "it's {name}''s",
    "'{not} an argument', 'nor this",
    "a '<b>' and '{''}' and ''",
    "{n, number} {n, number, percent} {d, date, short} {t,time}",
    "{n, plural, =0 {none} one {# of <b>{what}</b>} other {{n, number} '#' ''}}",
    "{n, selectordinal, one {#st} other {#th}}",
    "{a, select, yes {{n, plural, one {# {a}} other {#}}} other {#}} } #",
    "1 < 2 > 1, <|x|>, <br/>, <a>one <b>two</b></a>",
  ])("parse the same: %s", (message) => expect(parse(message)).toEqual(whole(message)))

  it.each([
    "{",
    "{a",
    "{a,}",
    "{a, odd}",
    "{a, plural, one {x}}",
    "{a, plural, other {x}",
    "<a>x",
    "x</a>",
    "{n, number, ::K}",
  ])("that are invalid are rejected: %s", (message) => expect(() => parse(message)).toThrow(SyntaxError))
})
