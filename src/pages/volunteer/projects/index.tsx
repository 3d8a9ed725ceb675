/** Projects that groups take on. */
import { ProjectsScreen } from '@/features/volunteer/projects-screen'

export default function ProjectsPage() {
  return <ProjectsScreen />
}
