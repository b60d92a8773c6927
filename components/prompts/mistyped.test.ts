import { expect, test } from "vitest"
import { mistyped } from "@/components/prompts/mistyped"

const COMMANDS = ["new", "temporary", "model", "settings", "share", "Film-critic"]

test("a word behind the slash that is nearly a command means that command", () => {
  const meant = {
    "/modle": "model",
    "/mdoel kimi": "model",
    "/MODELL": "model",
    "/nwe": "new",
    "/temporray": "temporary",
    "/setings\nplease": "settings",
    "/film-critc": "Film-critic",
  }
  for (const [text, command] of Object.entries(meant)) expect(mistyped(text, COMMANDS), text).toBe(command)
})

test("a command, a path, a word of its own and a slash alone are what they are", () => {
  const texts = [
    "/model",
    "/new idea",
    "/usr/bin is full",
    "/modle/x",
    "/ ",
    "/",
    "/etc",
    "/poem",
    "/more of this",
    "/news today",
    "/sews",
    "modle",
    " /modle",
    "/modle, please",
    "//modle",
  ]
  for (const text of texts) expect(mistyped(text, COMMANDS), text).toBeNull()
})
