import { expect, test } from "vitest"
import { mistyped } from "@/components/prompts/mistyped"

const COMMANDS = ["new", "temporary", "model", "settings", "share", "Film-critic"]

test("a near miss of a command name resolves to that command", () => {
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

test("exact commands, paths, other words and a bare slash are not corrected", () => {
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
