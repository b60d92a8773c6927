import { expect, test } from "vitest"
import { createDemoModel } from "@/lib/demo"
import { complete, user } from "@/lib/demo/demo.fixture"

const demo = createDemoModel({ tokensPerSecond: 0, firstTokenMs: 0 })
const said = (content: string) => ({ role: "assistant", content })

async function after(earlier: string[], question: string): Promise<string> {
  const messages = [...earlier.flatMap((text) => [user(text), said("Well.")]), user(question)]
  return (await complete(demo, { model: "sparkler-demo", messages })).text
}

test("the first and the last message are quoted", async () => {
  const earlier = ["Tell me of bees", "And of honey"]
  expect(await after(earlier, "What did I ask first?")).toContain("“Tell me of bees”")
  expect(await after(earlier, "What was my last question?")).toContain("“And of honey”")
})

test("a new conversation has no earlier messages", async () => {
  expect(await after([], "What was my first question?")).toContain("This is your first message.")
  expect(await after([], "What was my previous message?")).toContain("There is no message before this one.")
})

test("messages are counted", async () => {
  expect(await after(["one", "two"], "How many messages did I send?")).toContain("You have sent 3 messages")
})

test("a name is remembered as last stated, and not guessed", async () => {
  expect(await after(["My name is Ada", "Call me maybe"], "What is my name?")).toContain("**Ada**")
  expect(await after(["my name is ada"], "Who am I?")).toContain("**Ada**")
  expect(await after(["Paris, Texas is a film"], "What is my name?")).toContain("You have not told me your name.")
})
