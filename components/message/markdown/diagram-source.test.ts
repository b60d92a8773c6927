import { expect, test } from "vitest"
import { diagramKind, diagramTitle, hasOwnColors } from "@/components/message/markdown/diagram-source"

test("the diagram type is detected after directives, front matter and comments", () => {
  expect(diagramKind("flowchart LR\n A --> B")).toBe("flowchart")
  expect(diagramKind("%%{init: {'theme': 'dark'}}%%\n%% note\nsequenceDiagram\n A->>B: hi")).toBe("sequence")
  expect(diagramKind("---\ntitle: Pets\n---\npie\n")).toBe("pie")
  expect(diagramKind("nonsense")).toBe("other")
})

test("the diagram's own title is used as its name", () => {
  expect(diagramTitle("---\ntitle: Pets of ours\n---\npie\n")).toBe("Pets of ours")
  expect(diagramTitle("pie title Pets\n")).toBeNull()
  expect(diagramTitle("flowchart LR\n accTitle: How it goes\n A --> B")).toBe("How it goes")
})

test("explicit colors are detected, colors in directives are not", () => {
  expect(hasOwnColors("flowchart LR\n style A fill:#f9f")).toBe(true)
  expect(hasOwnColors("flowchart LR\n classDef x color: red")).toBe(true)
  expect(hasOwnColors("%%{init: {'themeVariables': {'background': '#fff'}}}%%\nflowchart LR\n A --> B")).toBe(false)
})
