/** Where a worker thread begins. */

import { TASKS } from "@/lib/tasks/tasks"
import { serve } from "@/lib/work/serve"

serve(TASKS)
