/** One project. */
import { useRouter } from '@tarojs/taro'
import { ProjectScreen } from '@/features/volunteer/project-screen'

export default function ProjectPage() {
  const { params } = useRouter()
  return <ProjectScreen projectId={params['projectId'] ?? ''} />
}
