/**
 * The tasks of worker threads, by name. Each task is a function from plain data to plain data (whatever
 * `structuredClone` supports); its module is loaded on first use.
 */
export const TASKS = {
  fillSchema: async () => (await import("@/lib/demo/fill-task")).fillTask,
  calculate: async () => (await import("@/lib/ai/tools/calculate/evaluate")).calculate,
  checkSchemas: async () => (await import("@/lib/output/validate")).checkSchemas,
  checkSchema: async () => (await import("@/lib/output/validate")).checkSchema,
  bestText: async () => (await import("@/lib/search/excerpt")).bestOf,
  excerpts: async () => (await import("@/lib/search/excerpt")).excerptsOf,
  markdownHtml: async () => (await import("@/lib/export/html/markdown")).markdownHtml,
  documentPictures: async () => (await import("@/lib/documents/read/pictures")).picturesIn,
  drawPages: async () => (await import("@/lib/documents/read/pdfium")).drawPages,
  readDocument: async () => (await import("@/lib/documents/read/read")).readDocument,
  readSheets: async () => (await import("@/lib/documents/read/sheets")).readSheets,
  readPage: async () => (await import("@/lib/ai/tools/read_web_page/readable")).readablePage,
  readImport: async () => (await import("@/lib/import/read/read")).readImport,
  indexText: async () => (await import("@/lib/search/words")).indexed,
  validateOutput: async () => (await import("@/lib/output/validate")).validateOutput,
}

/** Tasks that run in a child process: native code, whose memory can't be limited per thread, and which may crash. */
export const OWN_PROCESS_TASKS = {
  decodePictures: async () => (await import("@/lib/images/decode/decode")).decodePictures,
  decodeLarge: async () => (await import("@/lib/images/decode/decode")).decodePictures,
  unpackLarge: async () => (await import("@/lib/images/decode/source")).unpackHeic,
  tilePicture: async () => (await import("@/lib/images/decode/tiles")).tilePicture,
}

type All = typeof TASKS & typeof OWN_PROCESS_TASKS

type Registered = { [Name in keyof All]: Awaited<ReturnType<All[Name]>> }

declare module "@/lib/work/work" {
  interface Tasks extends Registered {}
}
