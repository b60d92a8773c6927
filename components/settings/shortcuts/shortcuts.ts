import type { SendKey } from "@/components/ui/enter"

/** The page's shortcuts, for the dialog that lists them. `Mod` is ⌘ on a Mac and Ctrl elsewhere. */
const SHORTCUTS = [
  { group: "everywhere", keys: [["Mod", "Shift", "O"]], does: "newChat" },
  { group: "everywhere", keys: [["Mod", "K"]], does: "search" },
  { group: "everywhere", keys: [["Mod", "B"]], does: "sidebar" },
  { group: "everywhere", keys: [["Mod", ","]], does: "settings" },
  { group: "everywhere", keys: [["Mod", "/"]], does: "shortcuts" },
  {
    group: "reading",
    keys: [
      ["Alt", "↑"],
      ["Alt", "↓"],
    ],
    does: "questions",
  },
  { group: "reading", keys: [["PageUp"], ["PageDown"]], does: "pages" },
  { group: "reading", keys: [["Mod", "Shift", "."]], does: "selection" },
  { group: "writing", keys: [], does: "send" },
  { group: "writing", keys: [], does: "newLine" },
  { group: "writing", keys: [["/"]], does: "commands" },
  { group: "writing", keys: [["↑"]], does: "recall" },
  { group: "writing", keys: [["Mod", "Shift", "V"]], does: "pasteText" },
  { group: "writing", keys: [["Escape"]], does: "stop" },
  { group: "list", keys: [["↑"], ["↓"]], does: "rows" },
  { group: "list", keys: [["F2"]], does: "rename" },
  { group: "list", keys: [["Space"]], does: "select" },
  { group: "list", keys: [["Mod", "A"]], does: "selectAll" },
  { group: "list", keys: [["Shift", "F10"]], does: "menu" },
  { group: "list", keys: [["Delete"]], does: "delete" },
] as const

/** All shortcuts, given the key that sends. */
export const shortcutsWith = (sends: SendKey) =>
  SHORTCUTS.map((shortcut) => {
    const keys: readonly (readonly string[])[] =
      shortcut.does === "send" || shortcut.does === "newLine" ? [WRITING[sends][shortcut.does]] : shortcut.keys
    return { ...shortcut, keys }
  })

const WRITING = {
  enter: { send: ["Enter"], newLine: ["Shift", "Enter"] },
  mod: { send: ["Mod", "Enter"], newLine: ["Enter"] },
} as const

export const SHORTCUT_GROUPS = ["everywhere", "writing", "reading", "list"] as const
