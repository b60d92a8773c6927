/** Entry point of a child process, for native code, or a WebAssembly decoder, that handles untrusted bytes. */
import { OWN_PROCESS_TASKS } from "@/lib/tasks/tasks"
import { serve } from "@/lib/work/serve"

serve(OWN_PROCESS_TASKS)
