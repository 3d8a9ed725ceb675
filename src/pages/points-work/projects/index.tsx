/** Projects that groups take on. */
import { ProjectsScreen } from '@/features/points-work/projects-screen'

export default function ProjectsPage() {
  return <ProjectsScreen />
}
