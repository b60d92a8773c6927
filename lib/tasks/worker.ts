/** Entry point of a worker thread. */

import { TASKS } from "@/lib/tasks/tasks"
import { serve } from "@/lib/work/serve"

serve(TASKS)
