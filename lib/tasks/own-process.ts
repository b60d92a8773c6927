/** Where a process of its own begins: for what native code, or a decoder in WebAssembly, does to bytes of strangers. */
import { OWN_PROCESS_TASKS } from "@/lib/tasks/tasks"
import { serve } from "@/lib/work/serve"

serve(OWN_PROCESS_TASKS)
