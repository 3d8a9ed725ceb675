/** The rotating code that a volunteer checks in with. */
import { useRouter } from '@tarojs/taro'
import { TaskCodeScreen } from '@/features/volunteer/code-screen'

export default function TaskCodePage() {
  const { params } = useRouter()
  return <TaskCodeScreen taskId={params['taskId'] ?? ''} />
}
