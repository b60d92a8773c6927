/**
 * The makes that this process uses: in memory, so it hears itself only. Several processes need makes that reach the
 * others; those have to be in place (`singleton`) before anything asks for one.
 */
import type { Bus } from "@/lib/bus/bus"
import type { EventLog } from "@/lib/bus/log"
import { createMemoryBus } from "@/lib/bus/memory-bus"
import { createMemoryLog } from "@/lib/bus/memory-log"
import { singleton } from "@/lib/singleton"

export const bus = (): Bus => singleton("bus", createMemoryBus)

export const eventLog = (): EventLog => singleton("eventLog", () => createMemoryLog())
