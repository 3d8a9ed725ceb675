/** One task: what is asked, and one's seat. */
import { useRouter } from '@tarojs/taro'
import { TaskScreen } from '@/features/volunteer/task-screen'

export default function TaskPage() {
  const { params } = useRouter()
  return <TaskScreen taskId={params['taskId'] ?? ''} />
}
