/** One project to look at and verify. */
import { useRouter } from '@tarojs/taro'
import { ProjectScreen } from '@/features/points-work/project-screen'

export default function ProjectPage() {
  const { params } = useRouter()
  return <ProjectScreen projectId={params['projectId'] ?? ''} />
}
