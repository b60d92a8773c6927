import { expect, test } from "vitest"
import { keyText } from "@/components/base/keys"
import german from "@/lib/i18n/de.json" with { type: "json" }
import english from "@/lib/i18n/en.json" with { type: "json" }

const inEnglish = (key: keyof typeof english.keys) => english.keys[key]
const inGerman = (key: keyof typeof german.keys) => german.keys[key]

test("shortcuts are formatted per platform convention", () => {
  expect(keyText("Control+B Meta+B", false, inEnglish)).toBe("Ctrl+B")
  expect(keyText("Control+B Meta+B", true, inEnglish)).toBe("⌘B")
  expect(keyText("Control+Shift+O Meta+Shift+O", false, inEnglish)).toBe("Ctrl+Shift+O")
  expect(keyText("Control+Shift+O Meta+Shift+O", true, inEnglish)).toBe("⇧⌘O")
  expect(keyText("Escape", true, inEnglish)).toBe("Esc")
  expect(keyText("Control+Shift+O Meta+Shift+O", false, inGerman)).toBe("Strg+Umschalt+O")
})
