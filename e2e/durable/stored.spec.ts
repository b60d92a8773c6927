/**
 * Messages in every form that the database may contain: every state of a tool, invalid data, rows of another version.
 */
import { expect, test } from "@/e2e/support/fixtures"
import { rewriteAnswer } from "@/e2e/support/rewrite-answer"

const call = { type: "tool-get_weather", toolCallId: "c", input: { location: "Paris" } }

test("a denied weather call says so", async ({ chat }) => {
  await chat.askAndWait("[[echo]] weather")
  await rewriteAnswer(chat, {
    parts: [{ ...call, state: "output-denied", approval: { id: "a", approved: false } }],
  })
  await expect(chat.answer().locator('[data-tool="get_weather"]')).toContainText(
    "The forecast for Paris wasn't allowed",
  )
})

test("an interrupted call does not show as loading forever", async ({ chat }) => {
  await chat.askAndWait("[[echo]] weather")
  await rewriteAnswer(chat, { parts: [{ ...call, state: "input-available" }], status: "interrupted" })
  await expect(chat.answer().locator('[data-tool="get_weather"]')).toContainText(
    "The answer ended before the forecast arrived",
  )
  await expect(chat.answer()).toHaveAttribute("data-status", "interrupted")
})

test("tools of another version and unknown parts don't affect anything else", async ({ chat }) => {
  await chat.askAndWait("[[echo]] tools")
  await rewriteAnswer(chat, {
    parts: [
      { type: "text", text: "before" },
      { type: "hologram", data: 7 },
      {
        type: "dynamic-tool",
        toolName: "launch",
        toolCallId: "d",
        state: "output-available",
        input: { n: 1 },
        output: { done: "<img src=x>" },
      },
      { ...call, state: "output-available", output: { shape: "of another version" } },
      { type: "text", text: "after" },
    ],
  })
  const answer = chat.answer()
  await expect(answer).toContainText("before")
  await expect(answer).toContainText("after")
  const launch = answer.getByRole("region", { name: "Tool launch" }).getByRole("button")
  // The card may become interactive after the field has.
  await expect(async () => {
    if ((await launch.getAttribute("aria-expanded")) !== "true") await launch.click()
    await expect(answer).toContainText("<img src=x>", { timeout: 1_000 })
  }).toPass()
  await expect(answer.getByRole("region", { name: "Tool Weather" })).toBeVisible()
})

test("data validation problems are shown at their fields", async ({ chat }) => {
  const schema = {
    type: "object",
    properties: { name: { type: "string" }, tags: { type: "array", items: { type: "string" } } },
    required: ["name"],
  }
  await chat.askAndWait("[[echo]] data")
  await rewriteAnswer(chat, {
    parts: [{ type: "text", text: '{"name": 7, "tags": ["a", 2]}' }],
    output: { type: "json_schema", name: "thing", schema },
    outputCheck: {
      valid: false,
      problems: [
        { path: "/name", message: "must be text" },
        { path: "/tags/1", message: "must be text, not a number" },
      ],
    },
  })
  const answer = chat.answer()
  await expect(answer).toContainText("2 problems")
  await expect(answer.getByText("must be text", { exact: true })).toBeVisible()
  await expect(answer.getByText("must be text, not a number", { exact: true })).toBeVisible()
})

test("a conversation still works when its answer's metadata is of another version", async ({ chat }) => {
  await chat.askAndWait("[[echo]] odd")
  await rewriteAnswer(chat, {
    usage: { tokens: "many" },
    error: JSON.stringify("text"),
    output: { type: "xml" },
    model: "gone/model",
  })
  await expect(chat.answer()).toContainText("odd")
  await chat.askAndWait("How many messages have I sent?")
  await expect(chat.answer()).toContainText("2 messages")
})
