import { expect, test } from "vitest"
import { diagramKind, diagramTitle, hasOwnColors } from "@/components/message/markdown/diagram-source"

test("a diagram's kind is read behind its directives, front matter and comments", () => {
  expect(diagramKind("flowchart LR\n A --> B")).toBe("flowchart")
  expect(diagramKind("%%{init: {'theme': 'dark'}}%%\n%% note\nsequenceDiagram\n A->>B: hi")).toBe("sequence")
  expect(diagramKind("---\ntitle: Pets\n---\npie\n")).toBe("pie")
  expect(diagramKind("nonsense")).toBe("other")
})

test("its own title is its name", () => {
  expect(diagramTitle("---\ntitle: Pets of ours\n---\npie\n")).toBe("Pets of ours")
  expect(diagramTitle("pie title Pets\n")).toBeNull()
  expect(diagramTitle("flowchart LR\n accTitle: How it goes\n A --> B")).toBe("How it goes")
})

test("colors of its own are noticed, those of directives are none", () => {
  expect(hasOwnColors("flowchart LR\n style A fill:#f9f")).toBe(true)
  expect(hasOwnColors("flowchart LR\n classDef x color: red")).toBe(true)
  expect(hasOwnColors("%%{init: {'themeVariables': {'background': '#fff'}}}%%\nflowchart LR\n A --> B")).toBe(false)
})
