import { expect, test } from "vitest"
import { keyText } from "@/components/base/keys"

test("keys are written as the machine's own programs write them", () => {
  expect(keyText("Control+B Meta+B", false)).toBe("Ctrl+B")
  expect(keyText("Control+B Meta+B", true)).toBe("⌘B")
  expect(keyText("Control+Shift+O Meta+Shift+O", false)).toBe("Ctrl+Shift+O")
  expect(keyText("Control+Shift+O Meta+Shift+O", true)).toBe("⇧⌘O")
  expect(keyText("Escape", true)).toBe("Escape")
})
