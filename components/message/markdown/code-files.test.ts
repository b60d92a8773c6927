import { expect, test } from "vitest"
import { codeFileName, languageName } from "@/components/message/markdown/code-files"

test.each([
  ["python", "", "code.py"],
  ["TS", "", "code.ts"],
  ["c++", "", "code.cpp"],
  ["", "", "code.txt"],
  ["brainfuck", "", "code.txt"],
  ["ts", 'title="src/lib/a.test.ts"', "a.test.ts"],
  ["ts", "{1,3} filename=b.ts", "b.ts"],
  ["sh", 'title="../../.bashrc"', "bashrc"],
  ["sh", 'title="a:b*c?.sh"', "abc.sh"],
  ["sh", 'title="..\\..\\evil.bat"', "evil.bat"],
  ["sh", 'title="/"', "code.sh"],
])("%s with %j is stored as a file", (language, meta, name) => {
  expect(codeFileName(language, meta)).toBe(name)
})

test("languages have display names", () => {
  expect(languageName("ts")).toBe("TypeScript")
  expect(languageName("brainfuck")).toBe("brainfuck")
  expect(languageName("text")).toBeNull()
  expect(languageName("")).toBeNull()
})
