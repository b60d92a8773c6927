/** Where a worker thread begins. */
import { serve } from "@/lib/work/serve"
import { TASKS } from "@/lib/work/tasks"

serve(TASKS)
