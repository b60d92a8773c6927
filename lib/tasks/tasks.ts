/**
 * What worker threads can do, by name. Each task is a function of plain data that gives plain data (what
 * `structuredClone` takes); its module is loaded when it is first asked for.
 */
export const TASKS = {
  fillSchema: async () => (await import("@/lib/demo/fill-task")).fillTask,
  calculate: async () => (await import("@/lib/ai/tools/calculate/evaluate")).calculate,
  checkSchemas: async () => (await import("@/lib/output/validate")).checkSchemas,
  checkSchema: async () => (await import("@/lib/output/validate")).checkSchema,
  excerpts: async () => (await import("@/lib/search/excerpt")).excerptsOf,
  markdownHtml: async () => (await import("@/lib/export/html/markdown")).markdownHtml,
  drawPages: async () => (await import("@/lib/documents/read/pdfium")).drawPages,
  readDocument: async () => (await import("@/lib/documents/read/read")).readDocument,
  readPage: async () => (await import("@/lib/ai/tools/read_web_page/readable")).readablePage,
  readImport: async () => (await import("@/lib/import/read/read")).readImport,
  indexText: async () => (await import("@/lib/search/words")).indexed,
  validateOutput: async () => (await import("@/lib/output/validate")).validateOutput,
}

type Registered = { [Name in keyof typeof TASKS]: Awaited<ReturnType<(typeof TASKS)[Name]>> }

declare module "@/lib/work/work" {
  interface Tasks extends Registered {}
}
