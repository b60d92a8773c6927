/** The implementations for a single process. */
import { busCases } from "@/lib/bus/bus.cases"
import { logCases } from "@/lib/bus/log.cases"
import { createMemoryBus } from "@/lib/bus/memory-bus"
import { createMemoryLog } from "@/lib/bus/memory-log"

busCases(async () => {
  const bus = createMemoryBus()
  return { here: bus, there: bus, close: async () => {} }
})

logCases(async (lingerMs) => {
  const log = createMemoryLog(lingerMs)
  return { writer: log, reader: log, close: async () => {} }
})
